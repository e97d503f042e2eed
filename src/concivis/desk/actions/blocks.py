"""Texts that an office uses again and again in its answers."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.actions.enquiries import LINK
from concivis.desk.models import Enquiry, TextBlock, TextBlockText
from concivis.hubs import record
from concivis.hubs.models import Hub

NAME, OFFICE = "{name}", "{office}"


@transaction.atomic
def save_block(
    *, by: User, hub: Hub, title: str, texts: Mapping[str, str], block: TextBlock | None = None
) -> TextBlock:
    """`texts`: {language: text}; an empty one is taken away. Raises ValidationError by field."""
    given = {language: text.strip() for language, text in texts.items() if text.strip()}
    title = " ".join(title.split())
    if not given:
        raise ValidationError(gettext("Write the text in one language at least."))
    others = TextBlock.objects.filter(hub=hub, title=title)
    if (others.exclude(pk=block.pk) if block else others).exists():
        raise ValidationError({"title": gettext("There is a text with this title already.")})
    saved = block or TextBlock(hub=hub)
    saved.title = title
    saved.save()
    saved.texts.exclude(language__in=given).delete()
    for language, text in given.items():
        TextBlockText.objects.update_or_create(block=saved, language=language, defaults={"text": text})
    _record(saved, by, "text_block.changed" if block else "text_block.made")
    return saved


@transaction.atomic
def delete_block(*, by: User, block: TextBlock) -> None:
    _record(block, by, "text_block.deleted")
    block.delete()


def filled(block: TextBlock, enquiry: Enquiry) -> str:
    """In the enquiry's language, else the hub's, else any; the name and the office filled in. `{link}` stays until the
    answer leaves. One query, none where the texts are fetched."""
    texts = {each.language: each.text for each in block.texts.all()}
    wanted = [enquiry.language, enquiry.hub.language, *sorted(texts)]
    text = next((texts[language] for language in wanted if language in texts), "")
    return text.replace(NAME, enquiry.asker_name).replace(OFFICE, enquiry.hub.name)


def placeholders() -> str:
    """What may stand in a text, for the form's help."""
    return gettext(
        "%(name)s becomes the asker’s name, %(office)s your office, %(link)s the address where the asker follows the "
        "enquiry."
    ) % {"name": NAME, "office": OFFICE, "link": LINK}


def _record(block: TextBlock, by: User, action: str) -> None:
    record.write(hub=block.hub, by=by, action=action, kind="text_block", object_id=str(block.pk))
