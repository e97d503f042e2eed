from concivis.introductions.models.findings import Found, Lessons
from concivis.introductions.models.introductions import AnswerKey, Introduction, IntroductionQuerySet, Side

__all__ = ["AnswerKey", "Found", "Introduction", "IntroductionQuerySet", "Lessons", "Side"]
