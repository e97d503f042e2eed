"""Versions of the agreement: drafted by the keeper, proposed, approved by every side, signed.

A draft changes; what was proposed never does. A new version takes the place of the one before.
"""

import secrets
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.twinning import agreements
from concivis.twinning.actions.noting import note, note_side, tell_offices, tell_others
from concivis.twinning.actions.objectives import require_side
from concivis.twinning.agreements import ArticleText, Texts
from concivis.twinning.enums import AgreementState
from concivis.twinning.models import Agreement, Approval, Article, Partnership
from concivis.twinning.policies import Acting

AGREED_EVENT = "agreement.agreed"
LONGEST_HEADING, LONGEST_BODY, MOST_ARTICLES, MOST_LANGUAGES = 200, 8000, 60, 4


# --- the draft ---------------------------------------------------------------------------------------------


@transaction.atomic
def draft_agreement(
    *, by: User | None, partnership: Partnership, languages: Sequence[str] | None = None
) -> Agreement:
    """A new version to work on, with the articles of the latest one, or the model's where there is none.

    `languages`: BCP 47 tags, the keeper's first; those of the sides' countries where None. What neither the latest
    version nor the model has in one of them is empty, and must be written before the draft can be proposed.
    Raises ValidationError where a draft exists, and for languages that are none.
    """
    partnership = _locked(partnership)
    if partnership.agreements.filter(state=AgreementState.DRAFT).exists():
        raise ValidationError(gettext("There is a draft already. Go on with it, or discard it first."))
    spoken = _checked(languages if languages is not None else agreements.languages_of(partnership))
    latest = partnership.agreements.order_by("-version").first()
    highest = partnership.agreements.aggregate(highest=Max("version"))["highest"] or 0
    draft = Agreement.objects.create(
        partnership=partnership,
        version=highest + 1,
        languages=spoken,
        title=_title(partnership, latest, spoken),
        made_by=by,
    )
    articles = enumerate(_articles(partnership, latest, spoken))
    Article.objects.bulk_create(
        Article(agreement=draft, position=at, code=text.code, heading=text.heading, body=text.body)
        for at, text in articles
    )
    note(partnership, "agreement.drafted", by=by, version=draft.version)
    return draft


@transaction.atomic
def change_title(*, by: User | None, agreement: Agreement, title: Texts) -> Agreement:
    """Raises ValidationError for what is no draft, and for a text that is too long."""
    draft = _draft(agreement)
    draft.title = _texts(draft, title, LONGEST_HEADING)
    draft.save(update_fields=["title"])
    note(draft.partnership, "agreement.changed", by=by, version=draft.version)
    return draft


@transaction.atomic
def change_article(*, by: User | None, article: Article, heading: Texts, body: Texts) -> Article:
    """Texts may be empty while it is a draft. Raises ValidationError as `change_title`."""
    draft = _draft(article.agreement)
    changed = draft.articles.get(pk=article.pk)
    changed.heading = _texts(draft, heading, LONGEST_HEADING)
    changed.body = _texts(draft, body, LONGEST_BODY)
    changed.save(update_fields=["heading", "body"])
    note(draft.partnership, "agreement.changed", by=by, version=draft.version)
    return changed


@transaction.atomic
def add_article(*, by: User | None, agreement: Agreement, heading: Texts, body: Texts) -> Article:
    """Stands before the signatures, else at the end. Raises ValidationError as `change_title`."""
    draft = _draft(agreement)
    if draft.articles.count() >= MOST_ARTICLES:
        raise ValidationError(gettext("An agreement has at most %(n)s articles here.") % {"n": MOST_ARTICLES})
    last = draft.articles.filter(code="signatures").first()
    highest = draft.articles.aggregate(highest=Max("position"))["highest"]
    at = last.position if last else (0 if highest is None else highest + 1)
    draft.articles.filter(position__gte=at).update(position=F("position") + 1)
    added = Article.objects.create(
        agreement=draft,
        position=at,
        code=f"own-{secrets.token_hex(4)}",  # by which later versions know it again
        heading=_texts(draft, heading, LONGEST_HEADING),
        body=_texts(draft, body, LONGEST_BODY),
    )
    note(draft.partnership, "agreement.changed", by=by, version=draft.version)
    return added


@transaction.atomic
def move_article(*, by: User | None, article: Article, earlier: bool) -> None:
    """One place up or down; the first and the last stay where they are."""
    draft = _draft(article.agreement)
    ordered = list(draft.articles.all())
    at = next(index for index, each in enumerate(ordered) if each.pk == article.pk)
    to = at - 1 if earlier else at + 1
    if not 0 <= to < len(ordered):
        return
    ordered[at], ordered[to] = ordered[to], ordered[at]
    for position, each in enumerate(ordered):
        each.position = position
    Article.objects.bulk_update(ordered, ["position"])
    note(draft.partnership, "agreement.changed", by=by, version=draft.version)


@transaction.atomic
def remove_article(*, by: User | None, article: Article) -> None:
    """Raises ValidationError for what is no draft."""
    draft = _draft(article.agreement)
    draft.articles.filter(pk=article.pk).delete()
    note(draft.partnership, "agreement.changed", by=by, version=draft.version)


@transaction.atomic
def discard_draft(*, by: User | None, agreement: Agreement) -> None:
    """Raises ValidationError for what is no draft: a version that was proposed is kept for ever."""
    draft = _draft(agreement)
    note(draft.partnership, "agreement.discarded", by=by, version=draft.version)
    draft.delete()


# --- both sides --------------------------------------------------------------------------------------------


@transaction.atomic
def propose_agreement(*, acting: Acting, agreement: Agreement) -> Agreement:
    """Freezes the draft with the objectives that all sides agreed on; the proposing side thereby approves it.

    An earlier proposal that nobody answered is replaced. Raises ValidationError with what is missing.
    """
    draft = _draft(agreement)
    require_side(acting, draft.partnership)
    lacking = agreements.missing(draft)
    if lacking:
        raise ValidationError([gettext("Before it can be proposed, this is missing:"), *lacking])
    if agreements.has_objectives(list(draft.articles.all())):
        draft.objectives = agreements.agreed_objectives(draft.partnership)
    draft.state, draft.proposed_at = AgreementState.PROPOSED, timezone.now()
    draft.save(update_fields=["state", "proposed_at", "objectives"])
    _replace(draft, AgreementState.PROPOSED)
    note_side(acting, "agreement.proposed", version=draft.version)
    tell_others(acting, "agreement.proposed", version=draft.version)
    _approve(acting, draft)
    return draft


@transaction.atomic
def approve_agreement(*, acting: Acting, agreement: Agreement) -> Agreement:
    """A side's approval; with the last side's the version is agreed. Approving again changes nothing.

    Raises ValidationError for a version that is not proposed.
    """
    proposed = _whole(agreement)
    require_side(acting, proposed.partnership)
    if proposed.state in (AgreementState.AGREED, AgreementState.SIGNED):
        return proposed
    if proposed.state != AgreementState.PROPOSED:
        raise ValidationError(gettext("This version is not open for approval. Load the page again."))
    if _approve(acting, proposed):
        tell_others(acting, "agreement.approved", version=proposed.version)
    return proposed


@transaction.atomic
def mark_signed(*, by: User | None, agreement: Agreement) -> Agreement:
    """This version was signed; the one signed before it is replaced. The dates of signing are milestones.

    Raises ValidationError for a version that not all sides have approved.
    """
    agreed = _whole(agreement)
    if agreed.state != AgreementState.AGREED:
        raise ValidationError(gettext("Only a version that all sides approved can be signed."))
    agreed.state = AgreementState.SIGNED
    agreed.save(update_fields=["state"])
    _replace(agreed, AgreementState.SIGNED)
    note(agreed.partnership, "agreement.signed", by=by, version=agreed.version)
    return agreed


def _approve(acting: Acting, proposed: Agreement) -> bool:
    """Whether it is a new approval. With the last side's the version is agreed."""
    given = {"given_by": acting.by, "given_as": acting.named[:200]}
    _, new = Approval.objects.get_or_create(side=acting.side, agreement=proposed, defaults=given)
    if new:
        note_side(acting, "agreement.approved", version=proposed.version)
    if not proposed.partnership.sides.exclude(approvals__agreement=proposed).exists():
        _agree(acting, proposed)
    return new


def _agree(acting: Acting, agreement: Agreement) -> None:
    agreement.state = AgreementState.AGREED
    agreement.save(update_fields=["state"])
    _replace(agreement, AgreementState.AGREED)
    note_side(acting, AGREED_EVENT, version=agreement.version)
    tell_offices(agreement.partnership, AGREED_EVENT, version=agreement.version)


def _replace(agreement: Agreement, *states: AgreementState) -> None:
    others = agreement.partnership.agreements.filter(state__in=states).exclude(pk=agreement.pk)
    others.update(state=AgreementState.REPLACED)


# --- locks and checks --------------------------------------------------------------------------------------


def _locked(partnership: Partnership) -> Partnership:
    found = Partnership.objects.select_for_update(of=("self",)).select_related("hub")
    return found.prefetch_related("sides__place").get(pk=partnership.pk)


def _whole(agreement: Agreement) -> Agreement:
    """As it is now; nobody else changes this partnership's agreements until the transaction ends."""
    partnership = _locked(agreement.partnership)  # first: who waits here must see what the other one did
    found = Agreement.objects.filter(pk=agreement.pk).first()
    if found is None:
        raise _unchangeable()
    found.partnership = partnership
    return found


def _draft(agreement: Agreement) -> Agreement:
    found = _whole(agreement)
    if found.state != AgreementState.DRAFT:
        raise _unchangeable()
    return found


def _unchangeable() -> ValidationError:
    return ValidationError(
        gettext("This version can no longer be changed. Make a new version and change that one.")
    )


def _checked(languages: Sequence[str]) -> list[str]:
    spoken = list(dict.fromkeys(languages))
    if not 1 <= len(spoken) <= MOST_LANGUAGES:
        raise ValidationError(gettext("Choose one to %(n)s languages.") % {"n": MOST_LANGUAGES})
    if not all(agreements.TAG.fullmatch(tag) for tag in spoken):
        raise ValidationError(gettext("Choose each language from the list."))
    return spoken


def _texts(draft: Agreement, texts: Mapping[str, str], longest: int) -> Texts:
    """Only in the languages of the draft, without space around."""
    kept = {language: texts.get(language, "").strip() for language in draft.languages}
    if any(len(text) > longest for text in kept.values()):
        raise ValidationError(gettext("A text has at most %(n)s characters here.") % {"n": longest})
    return kept


def _title(partnership: Partnership, latest: Agreement | None, languages: Sequence[str]) -> Texts:
    model = agreements.model_title(partnership, languages)
    return {**model, **_kept(latest.title if latest else {}, languages)}


def _articles(
    partnership: Partnership, latest: Agreement | None, languages: Sequence[str]
) -> list[ArticleText]:
    model = {article.code: article for article in agreements.model_articles(partnership, languages)}
    if latest is None:
        return list(model.values())
    empty = ArticleText("", {}, {})
    blank = dict.fromkeys(languages, "")
    return [
        ArticleText(
            article.code,
            {**blank, **model.get(article.code, empty).heading, **_kept(article.heading, languages)},
            {**blank, **model.get(article.code, empty).body, **_kept(article.body, languages)},
        )
        for article in latest.articles.all()
    ]


def _kept(texts: Texts, languages: Sequence[str]) -> Texts:
    return {language: text for language, text in texts.items() if language in languages and text}
