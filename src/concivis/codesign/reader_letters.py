"""Letters to one reader each, for `mailings.kinds`. Written when they leave: what was overtaken is not sent."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from concivis.codesign.actions import following
from concivis.codesign.models import Answer, MeasureStep, Reader, Recommendation
from concivis.codesign.outcomes import RecommendationState
from concivis.mailings import kinds
from concivis.mailings.models import Letter
from concivis.shell import content

Context = dict[str, Any]


def register() -> None:
    kinds.register(following.HANDED_OVER, _composing("codesign/letters/handed_over.txt", _handed_over))
    kinds.register(following.ANSWERED, _composing("codesign/letters/answered.txt", _answered))
    kinds.register(following.MEASURE, _composing("codesign/letters/measure.txt", _measure))


def _composing(
    template: str, look: Callable[[str], Context | None]
) -> Callable[[Letter], EmailMessage | None]:
    def compose(letter: Letter) -> EmailMessage | None:
        reader = _reader(letter)
        context = look(letter.mailing.object_id) if reader else None
        return _written(template, reader, context) if reader and context else None

    return compose


def _reader(letter: Letter) -> Reader | None:
    """None for who has left since, or has another address now."""
    rows = Reader.objects.select_related("process__hub", "connector")
    found = rows.filter(public_id=letter.reference, left_at=None).first()
    return found if found and found.address == letter.address and found.process.is_public else None


def _handed_over(public_id: str) -> Context | None:
    found = _recommendation(public_id=public_id)
    return _about(found) if found and found.state == RecommendationState.HANDED_OVER else None


def _answered(public_id: str) -> Context | None:
    answer = Answer.objects.filter(public_id=public_id).prefetch_related("translations").first()
    found = _recommendation(pk=answer.recommendation_id) if answer else None
    if answer is None or found is None or not found.is_public:
        return None
    told = content.choose(answer, answer.translations.all(), content.reader_languages())
    return {**_about(found), "answer": answer, "said": told.texts}


def _measure(public_id: str) -> Context | None:
    rows = MeasureStep.objects.select_related("measure").prefetch_related("measure__translations")
    step = rows.filter(public_id=public_id).first()
    found = _recommendation(pk=step.measure.recommendation_id) if step else None
    if step is None or found is None or not found.is_public:
        return None
    told = content.choose(step.measure, step.measure.translations.all(), content.reader_languages())
    return {**_about(found), "step": step, "measure": step.measure, "what": told.texts["title"]}


def _recommendation(**which: object) -> Recommendation | None:
    rows = Recommendation.objects.select_related("process__hub")
    return rows.prefetch_related("translations", "process__translations").filter(**which).first()


def _about(recommendation: Recommendation) -> Context:
    wanted = content.reader_languages()
    process = recommendation.process
    return {
        "recommendation": recommendation,
        "process": process,
        "title": content.choose(recommendation, recommendation.translations.all(), wanted).texts["title"],
        "process_title": content.choose(process, process.translations.all(), wanted).texts["title"],
        "page": settings.BASE_URL + recommendation.get_absolute_url(),
    }


def _written(template: str, reader: Reader, context: Context) -> EmailMessage:
    key = following.key_of(reader)
    leave = settings.BASE_URL + reverse("codesign:reader_leave", args=[key])
    shared = {
        "hub": reader.process.hub,
        "link": settings.BASE_URL + reverse("codesign:reader", args=[key]),
        "leave": leave,
        "language": get_language(),
    }
    subject, _line, text = render_to_string(template, {**shared, **context}).strip().partition("\n\n")
    headers = {
        "Auto-Submitted": "auto-generated",  # RFC 3834
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
    }
    if reader.process.hub.contact_email:
        headers["Reply-To"] = reader.process.hub.contact_email
    return EmailMessage(
        " ".join(subject.split()), text.strip() + "\n", None, [reader.address], headers=headers
    )
