"""What is wrong with the set-up, and what to do about it."""


async def examine() -> int:
    """Print each finding with its remedy; 0 if all is well."""
    raise NotImplementedError
