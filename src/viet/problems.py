"""What is wrong, said in both languages."""


class Problem(ValueError):
    """vi, en: the same sentence, with the cure; `str` gives the Vietnamese."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi, en)
        self.vi = vi
        self.en = en

    def __str__(self) -> str:
        return self.vi

    def in_(self, language: str) -> str:
        """The sentence in `language` ("vi" or "en")."""
        return self.en if language == "en" else self.vi


class TypingProblem(Problem):
    """Text that does not mean one clear thing."""
