"""The tables of recognition, gathered for Django from the rooms that own them."""

from chungtay.recognition.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyBatch,
    SurveyComment,
    SurveySlip,
)
from chungtay.recognition.titles.models import Title

__all__ = ["Survey", "SurveyAnswer", "SurveyBatch", "SurveyComment", "SurveySlip", "Title"]
