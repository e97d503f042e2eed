"""An organisation's entry: made, changed, confirmed, shown or hidden, taken out."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.catalogue.enums import Support
from concivis.directory import hooks
from concivis.directory.actions.facts import NameFacts, OrganisationFacts
from concivis.directory.actions.noting import noted
from concivis.directory.enums import DIPLOMATIC, Direction, NameUse
from concivis.directory.models import (
    Exchange,
    Link,
    NameKey,
    Organisation,
    OrganisationKind,
    OtherName,
    Spoken,
)
from concivis.directory.naming import key_of
from concivis.directory.queries.finding import by_public_id
from concivis.hubs.crests import redraw
from concivis.hubs.models import Hub, today_in
from concivis.places.models import Place
from concivis.places.names import fold
from concivis.shell.content import require_language
from concivis.shell.ids import new_public_id

BESIDE = ("other_names", "competent_for", "terms", "spoken", "links", "needs", "offers")
PLAIN = tuple(name for name in OrganisationFacts.__dataclass_fields__ if name not in (*BESIDE, "represents"))


@transaction.atomic
def record_organisation(
    *,
    by: User | None,
    hub: Hub | None,
    kind: OrganisationKind,
    name: str,
    place: Place | None = None,
    website: str = "",
    source_url: str = "",
) -> Organisation:
    """The hub's organisation of this name in this place, made or brought up to date: for what names one in passing.

    The name is compared folded, so that a second spelling makes no second organisation; one that was merged stands
    for the one it became part of. Raises ValidationError for a name without letters.
    """
    folded = _folded(name)
    same = Organisation.objects.select_for_update().filter(hub=hub, folded=folded, place=place)
    known = same.order_by(F("merged_into").asc(nulls_first=True)).first()
    if known and known.merged_into_id and (standing := by_public_id(known.public_id)):
        return standing
    said = {"kind": kind, "name": name.strip(), "website": website, "source_url": source_url}
    if known and all(getattr(known, field) == value for field, value in said.items()):
        return known
    organisation = known or Organisation(public_id=new_public_id(), hub=hub, folded=folded, place=place)
    _set(organisation, said)
    index_names(organisation)
    noted(organisation, by, "organisation.changed" if known else "organisation.recorded")
    return organisation


@transaction.atomic
def create_organisation(
    *,
    by: User | None,
    hub: Hub | None,
    facts: OrganisationFacts,
    is_published: bool = False,
    is_example: bool = False,
) -> Organisation:
    """A new entry. Ask `directory.queries.similar_organisations` first whether it is there already.

    Raises ValidationError by field; also where the hub has one of the same name in the same place.
    """
    organisation = Organisation(
        public_id=new_public_id(), hub=hub, is_published=is_published, is_example=is_example
    )
    organisation.last_confirmed = today_in(hub) if hub else timezone.localdate()
    _fill(organisation, facts)
    noted(organisation, by, "organisation.recorded")
    return organisation


def check_facts(facts: OrganisationFacts) -> None:
    """Raises ValidationError by field where `create_organisation` would, but for one of the same name. No query."""
    organisation = Organisation(public_id="-", folded=_folded(facts.name))
    _require_possible(facts)
    for name in PLAIN:
        setattr(organisation, name, getattr(facts, name))
    organisation.clean_fields(exclude=["hub", "place", "represents"])
    for url in facts.links:
        Link(url=url).clean_fields(exclude=["organisation"])


@transaction.atomic
def change_organisation(*, by: User | None, organisation: Organisation, facts: OrganisationFacts) -> bool:
    """As `create_organisation`. Whether anything was changed: saving what is there writes no line in the record."""
    organisation = locked(organisation)
    if facts == facts_of(organisation):
        return False
    _fill(organisation, facts)
    noted(organisation, by, "organisation.changed")
    return True


@transaction.atomic
def confirm_organisation(*, by: User | None, organisation: Organisation) -> None:
    """What the entry says is right, as of today. A second time on a day changes nothing."""
    organisation = locked(organisation)
    today = today_in(organisation.hub) if organisation.hub else timezone.localdate()
    if organisation.last_confirmed == today:
        return
    organisation.last_confirmed = today
    organisation.save(update_fields=["last_confirmed", "changed_at"])
    noted(organisation, by, "organisation.confirmed")


@transaction.atomic
def show_organisation(*, by: User | None, organisation: Organisation, shown: bool) -> None:
    """Makes the entry public, or takes it out of sight. What it is already writes no line."""
    organisation = locked(organisation)
    if organisation.is_published == shown:
        return
    organisation.is_published = shown
    organisation.save(update_fields=["is_published", "changed_at"])
    noted(organisation, by, "organisation.published" if shown else "organisation.unpublished")


@transaction.atomic
def change_logo(*, by: User | None, organisation: Organisation, upload: File[bytes] | None) -> None:
    """`upload` checked by its bytes and drawn anew; None takes the logo away. Raises ValidationError."""
    organisation = locked(organisation)
    picture = redraw(upload) if upload else None
    before, storage = str(organisation.logo.name or ""), organisation.logo.storage
    if picture:
        organisation.logo.save(str(picture.name), picture, save=False)
    else:
        organisation.logo = ""
    organisation.save(update_fields=["logo", "changed_at"])
    if before and before != organisation.logo.name:
        transaction.on_commit(lambda: storage.delete(before))
    noted(organisation, by, "organisation.changed")


@transaction.atomic
def remove_organisation(*, by: User | None, organisation: Organisation) -> None:
    """Deletes the entry with its ties and roles. Raises ValidationError where something still names it."""
    organisation = locked(organisation)
    if naming := hooks.naming(organisation):
        text = gettext(
            "“{name}” is still named elsewhere ({count} times). Take it out there, or make it private."
        )
        raise ValidationError(text.format(name=organisation.name, count=naming))
    noted(organisation, by, "organisation.removed", gone=True)
    people = [role.person for role in organisation.roles.select_related("person")]
    try:
        organisation.delete()
    except ProtectedError as error:
        raise ValidationError(
            gettext("Another entry was merged into this one. Undo the merge first, or make it private.")
        ) from error
    for person in people:  # nobody is kept without a reason
        if not person.roles.exists():
            person.delete()


def facts_of(organisation: Organisation) -> OrganisationFacts:
    """What is said of it now. Seven queries."""
    exchanges = list(organisation.exchanges.values_list("direction", "support"))
    return OrganisationFacts(
        **{name: getattr(organisation, name) for name in PLAIN},
        represents=organisation.represents_id,
        other_names=tuple(
            NameFacts(name=each.name, language=each.language, use=NameUse(each.use))
            for each in organisation.other_names.all()
        ),
        competent_for=frozenset(organisation.competent_for.values_list("pk", flat=True)),
        terms=frozenset(organisation.terms.values_list("pk", flat=True)),
        spoken=tuple(organisation.spoken.values_list("language", flat=True)),
        links=tuple(organisation.links.values_list("url", flat=True)),
        needs=_in_order(support for direction, support in exchanges if direction == Direction.NEED),
        offers=_in_order(support for direction, support in exchanges if direction == Direction.OFFER),
    )


def locked(organisation: Organisation) -> Organisation:
    """As the database has it now, held until the end. Raises ValidationError for one that was merged."""
    found = Organisation.objects.select_for_update(of=("self",)).select_related("hub").get(pk=organisation.pk)
    if found.merged_into_id:
        raise ValidationError(gettext("This entry was merged into another one. Change that one."))
    return found


def _fill(organisation: Organisation, facts: OrganisationFacts) -> None:
    before = organisation.source_texts()
    organisation.folded = _folded(facts.name)
    _require_possible(facts)
    _require_free(organisation, facts)
    organisation.represents_id = facts.represents
    if organisation.pk and before != {name: getattr(facts, name) for name in Organisation.TRANSLATED}:
        organisation.text_revision += 1
    _set(organisation, {name: getattr(facts, name) for name in PLAIN} | {"name": facts.name.strip()})
    organisation.terms.set(facts.terms)
    organisation.competent_for.set(facts.competent_for)
    _set_beside(organisation, facts)
    index_names(organisation)


def _set(organisation: Organisation, values: Mapping[str, object]) -> None:
    for field, value in values.items():
        setattr(organisation, field, value)
    organisation.full_clean(validate_unique=False, validate_constraints=False)
    organisation.save()


def _folded(name: str) -> str:
    folded = fold(name)
    if not folded:
        raise ValidationError({"name": gettext("An organisation needs a name.")})
    return folded


def _require_possible(facts: OrganisationFacts) -> None:
    if facts.represents and facts.kind not in DIPLOMATIC:
        raise ValidationError({"represents": gettext("Only a consulate or an embassy represents a country.")})
    if facts.language:
        require_language(facts.language)
    if facts.register_number and not facts.register_scheme:
        raise ValidationError({"register_scheme": gettext("Say in which register the number stands.")})
    texts = (facts.description, facts.activities_here, facts.activities_there, facts.partners_abroad)
    if any(texts) and not facts.language:
        raise ValidationError({"language": gettext("Say in which language the texts are written.")})


def _require_free(organisation: Organisation, facts: OrganisationFacts) -> None:
    same = Organisation.objects.standing().filter(
        hub=organisation.hub, folded=organisation.folded, place=facts.place
    )
    if same.exclude(pk=organisation.pk).exists():
        raise ValidationError(
            {"name": gettext("There is an organisation of this name in this place already. Open that one.")}
        )


def _set_beside(organisation: Organisation, facts: OrganisationFacts) -> None:
    organisation.other_names.all().delete()
    names = {(each.name.strip(), each.language): each for each in facts.other_names if each.name.strip()}
    OtherName.objects.bulk_create(
        OtherName(organisation=organisation, name=name, language=language, use=each.use)
        for (name, language), each in names.items()
    )
    organisation.spoken.all().delete()
    Spoken.objects.bulk_create(
        Spoken(organisation=organisation, language=tag) for tag in dict.fromkeys(facts.spoken)
    )
    organisation.links.all().delete()
    for url in dict.fromkeys(facts.links):
        link = Link(organisation=organisation, url=url)
        link.full_clean(validate_unique=False, validate_constraints=False)
        link.save()
    organisation.exchanges.all().delete()
    wishes = [(Direction.NEED, each) for each in set(facts.needs)]
    wishes += [(Direction.OFFER, each) for each in set(facts.offers)]
    Exchange.objects.bulk_create(
        Exchange(organisation=organisation, direction=direction, support=support)
        for direction, support in wishes
    )


def index_names(organisation: Organisation) -> None:
    """The keys by which the entry is found and compared."""
    names = [organisation.name, organisation.transliterated]
    names += organisation.other_names.values_list("name", flat=True)
    keys = {key for name in names if (key := key_of(name))}
    standing = dict(organisation.keys.values_list("key", "pk"))
    NameKey.objects.filter(pk__in=[pk for key, pk in standing.items() if key not in keys]).delete()
    NameKey.objects.bulk_create(
        NameKey(organisation=organisation, key=key) for key in sorted(keys - standing.keys())
    )


def _in_order(found: Iterable[str]) -> tuple[Support, ...]:
    return tuple(sorted((Support(each) for each in found), key=list(Support).index))
