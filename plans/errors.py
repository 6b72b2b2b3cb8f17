"""What a member can do wrong. Each mistake stands beside its raiser; this is what they have in common."""

from inspect import cleandoc


class StudyError(Exception):
    """That did not work. Please try it another way."""

    def __init__(self, **facts: object) -> None:
        """Say the class's docstring, whose first line is a format string over `facts`.

        The docstring is the sentence that the member reads, so that whoever reads the code reads it too.
        """
        self.facts = facts
        sentence = cleandoc(type(self).__doc__ or "").partition("\n")[0]
        super().__init__(sentence.format(**facts))
