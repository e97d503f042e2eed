"""Pictures and translations of a proposal that is still written, and who writes it, too."""

from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.proposals.actions.authors import KEY_DAYS, PAGES, letter_language, mail, new_key
from concivis.proposals.actions.noting import locked, noted
from concivis.proposals.actions.writing import check_texts, mail_address, require_writable
from concivis.proposals.enums import Purpose
from concivis.proposals.models import CoAuthor, Proposal, ProposalKey, ProposalPicture, ProposalText
from concivis.shell import content, uploads
from concivis.shell.content import Origin
from concivis.shell.ids import new_public_id

MOST_PICTURES, MOST_LANGUAGES, MOST_AUTHORS = 6, 30, 10


@transaction.atomic
def add_picture(
    *, by: User | None, proposal: Proposal, upload: IO[bytes], alt: str, credit: str = ""
) -> ProposalPicture:
    """Drawn anew, without what cameras write into it. Raises ValidationError by field."""
    of = locked(proposal)
    require_writable(of)
    if not alt.strip():
        words = gettext("Say what is to be seen, for people who cannot see the picture.")
        raise ValidationError({"alt": words})
    if of.pictures.count() >= MOST_PICTURES:
        raise ValidationError({"file": gettext("There are too many pictures already. Take one out first.")})
    drawn = uploads.drawn_anew(upload)
    last = of.pictures.aggregate(last=Max("position"))["last"]
    picture = ProposalPicture(
        public_id=new_public_id(),
        proposal=of,
        media_type=drawn.media_type,
        width=drawn.width,
        height=drawn.height,
        alt=alt.strip()[:300],
        credit=credit.strip()[:200],
        language=of.language,
        position=0 if last is None else last + 1,
    )
    picture.file.save(uploads.random_name(drawn.media_type), ContentFile(drawn.content), save=False)
    try:
        picture.save()
        noted(of, by, "proposal.picture_added", {"picture": picture.public_id})
    except Exception:
        picture.file.delete(save=False)  # a file without its row would never be found again
        raise
    return picture


@transaction.atomic
def remove_picture(*, by: User | None, picture: ProposalPicture) -> None:
    of = locked(picture.proposal)
    require_writable(of)
    storage, name = picture.file.storage, str(picture.file.name)
    transaction.on_commit(lambda: storage.delete(name))
    picture.delete()
    noted(of, by, "proposal.picture_removed")


@transaction.atomic
def translate(
    *,
    by: User | None,
    proposal: Proposal,
    language: str,
    title: str,
    summary: str = "",
    body: str = "",
    origin: Origin = Origin.HUMAN,
) -> ProposalText:
    """The proposal in another language, as its authors write it. Raises ValidationError by field."""
    of = locked(proposal)
    require_writable(of)
    language = content.require_language(language)
    if language == of.language:
        raise ValidationError({"language": gettext("The proposal itself is written in this language.")})
    row = of.translations.filter(language=language).first()
    if row is None and of.translations.count() >= MOST_LANGUAGES:
        raise ValidationError({"language": gettext("There are too many translations already.")})
    row = row or ProposalText(of=of, language=language)
    row.title, row.summary, row.body = title.strip(), summary.strip(), body.strip()
    row.origin, row.of_revision = origin, of.text_revision
    check_texts(row.title, row.summary or of.summary, row.body)
    row.full_clean(exclude=["of"], validate_unique=False, validate_constraints=False)
    row.save()
    noted(of, by, "proposal.translated", {"language": language, "origin": str(origin)})
    return row


@transaction.atomic
def remove_translation(*, by: User | None, proposal: Proposal, language: str) -> None:
    of = locked(proposal)
    require_writable(of)
    if of.translations.filter(language=language).delete()[0]:
        noted(of, by, "proposal.translation_removed", {"language": language})


@transaction.atomic
def ask_co_author(*, proposal: Proposal, name: str, email: str) -> CoAuthor:
    """Mails somebody a link to join; nobody is named before they agree. Raises ValidationError by field."""
    of = locked(proposal)
    require_writable(of)
    address = mail_address(email, "email")
    if address == of.author_email or of.co_authors.filter(email=address, joined_at__isnull=False).exists():
        raise ValidationError({"email": gettext("This person writes it already.")})
    if of.co_authors.count() >= MOST_AUTHORS:
        raise ValidationError(gettext("At most %(most)s people can be asked.") % {"most": MOST_AUTHORS})
    person, _new = CoAuthor.objects.get_or_create(
        proposal=of, email=address, defaults={"name": name.strip()[:120], "language": of.author_language}
    )
    key = new_key(of, Purpose.AUTHOR, co_author=person)
    mail(
        of, "proposals/letters/co_author.txt", to=address, language=letter_language(of), link=PAGES[Purpose.AUTHOR],
        key=key, called="Invitation to write proposal", days=KEY_DAYS[Purpose.AUTHOR], person=person,
    )  # fmt: skip
    noted(of, None, "proposal.author_asked")
    return person


@transaction.atomic
def join(*, key: ProposalKey, name_public: bool) -> tuple[CoAuthor, str]:
    """Somebody agrees to be an author; with the key of their private page. A second click changes nothing."""
    of = locked(key.proposal)
    person = of.co_authors.filter(pk=key.co_author_id or 0).first()
    if person is None or not key.is_open:
        raise ValidationError(gettext("This link has expired."))
    if person.joined_at is None:
        person.joined_at, person.name_public = timezone.now(), name_public
        person.save()
        noted(of, None, "proposal.author_joined")
    return person, new_key(of, Purpose.EDIT, co_author=person)


@transaction.atomic
def remove_co_author(*, proposal: Proposal, co_author: CoAuthor) -> None:
    """Their keys open nothing any more, and nothing of them is kept."""
    of = locked(proposal)
    if of.co_authors.filter(pk=co_author.pk).delete()[0]:
        noted(of, None, "proposal.author_left")
