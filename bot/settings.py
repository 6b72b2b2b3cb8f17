"""Settings: one frozen value from the environment and `.env`, complete or refused."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK_API = "https://slack.com/api/"


class SettingsError(Exception):
    """The settings cannot be used; the message is one sentence that names the setting."""


class OwnPlans(BaseSettings):
    """The one setting that the `plans` commands need: they work also where the others are wrong."""

    model_config = SettingsConfigDict(
        env_file=".env", frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True
    )

    plans: Annotated[Path | None, Field(alias="CADENCE_PLANS")] = None


class Settings(OwnPlans):
    """Everything that differs between two installations of the same program.

    Each field is read from the variable named by its alias; `.env.example` lists them all.
    """

    bot_token: Annotated[SecretStr | None, Field(alias="SLACK_BOT_TOKEN")] = None
    app_token: Annotated[SecretStr | None, Field(alias="SLACK_APP_TOKEN")] = None
    signing_secret: Annotated[SecretStr | None, Field(alias="SLACK_SIGNING_SECRET")] = None
    api_url: Annotated[str, Field(alias="SLACK_API_URL", pattern=r"^https?://[^\s/]+.*$")] = SLACK_API
    database_url: Annotated[str | None, Field(alias="DATABASE_URL")] = None
    data: Annotated[Path, Field(alias="CADENCE_DATA")] = Path("data")
    host: Annotated[str, Field(alias="CADENCE_HOST", min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(alias="CADENCE_PORT", ge=0, le=65535)] = 8100
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], Field(alias="CADENCE_LOG_LEVEL")] = (
        "INFO"
    )

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("api_url")
    @classmethod
    def _ends_with_a_slash(cls, value: str) -> str:
        """The SDK appends the method's name to this address."""
        return value if value.endswith("/") else value + "/"

    @field_validator("bot_token")
    @classmethod
    def _is_a_bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("xoxb-", "xoxe.xoxb-")):
            raise ValueError("a bot token starts with xoxb-")
        return value

    @field_validator("app_token")
    @classmethod
    def _is_an_app_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("an app-level token starts with xapp-")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, value: str | None) -> str | None:
        if value and not value.startswith(("sqlite+aiosqlite:///", "postgresql+psycopg://")):
            raise ValueError("it starts with sqlite+aiosqlite:/// or postgresql+psycopg://")
        return value

    @model_validator(mode="after")
    def _both_tokens_or_none(self) -> Self:
        if bool(self.bot_token) != bool(self.app_token):
            missing = "SLACK_APP_TOKEN" if self.bot_token else "SLACK_BOT_TOKEN"
            raise ValueError(f"{missing} is missing: Slack needs both tokens, the local workspace none")
        return self

    @property
    def is_local(self) -> bool:
        """Whether to start the local workspace rather than to connect to a Slack."""
        return self.bot_token is None

    @property
    def database(self) -> str:
        """The address of the database: the one that was set, else a file in the data folder."""
        name = "local.db" if self.is_local else "cadence.db"
        return self.database_url or f"sqlite+aiosqlite:///{self.data / name}"


def read_settings() -> Settings:
    """Read the environment and `.env`.

    Raises:
        SettingsError: with one sentence that names the first wrong setting and says what would be right.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    fault = error.errors(include_input=False, include_url=False)[0]
    reason = fault["msg"].removeprefix("Value error, ")
    name = ".".join(str(part) for part in fault["loc"])
    return f"{name}: {reason[0].lower()}{reason[1:]}." if name else f"{reason}."
