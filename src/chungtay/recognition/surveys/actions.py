"""The deeds of a survey, gathered from the files that hold them.

A ballot is kept apart from the slip that allowed it: the slip says that a household answered and when, the answer says
what and neither who nor when. No deed and no audit event ever holds both.
"""

from chungtay.recognition.surveys.answering import Cast, Paper, cast, enter_papers
from chungtay.recognition.surveys.closing import close, count, enter_result
from chungtay.recognition.surveys.opening import drop, open_survey
from chungtay.recognition.surveys.slips import issue, reissue, take_back, withdraw
from chungtay.recognition.surveys.tasks import make_tasks

__all__ = [
    "Cast",
    "Paper",
    "cast",
    "close",
    "count",
    "drop",
    "enter_papers",
    "enter_result",
    "issue",
    "make_tasks",
    "open_survey",
    "reissue",
    "take_back",
    "withdraw",
]
