"""What two versions of the rules differ in, and what is missing; `ruling` says them as people read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concivis.proposals import enums
from concivis.proposals.models import Rules
from concivis.proposals.ruling import listed
from concivis.shell.templatetags.shell import number

OLD = timedelta(days=2 * 365)  # from when on a number of people who may sign wants to be looked up again

TEXT_LABELS = {
    "eligibility": gettext_lazy("who may sign"),
    "legal": gettext_lazy("what a signature means"),
    "privacy": gettext_lazy("what is kept, and how long"),
}


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


# --- two versions ----------------------------------------------------------------------------------------------


def differences(before: Rules, after: Rules) -> list[Difference]:
    """What changed, in plain words, in the active language. Four queries, unless steps and texts are fetched."""
    told = zip(_told(before).items(), _told(after).values(), strict=True)
    found = [Difference(label, old, new) for (label, old), new in told if old != new]
    return [*found, *_text_differences(before, after)]


def _told(rules: Rules) -> dict[str, str]:
    field = rules._meta.get_field
    plain = ("sponsors", "sponsor_days", "review_days", "open_days", "confirm_hours", "answer_days",
             "retention_days", "min_age", "electorate")  # fmt: skip
    yes_no = ("is_open", "has_consultative", "needs_check", "has_paper")
    steps = {step.threshold: number(step.number) for step in rules.steps.all()}
    found = {str(field(name).verbose_name): _number(getattr(rules, name)) for name in plain}  # type: ignore[union-attr]
    found |= {str(field(name).verbose_name): _yes(getattr(rules, name)) for name in yes_no}  # type: ignore[union-attr]
    found |= {str(each.label): steps.get(each.value, _("not foreseen")) for each in enums.Threshold}
    found[_("who may sign")] = listed(enums.Eligible, rules.eligible) or _("not said")
    found[_("asked of signers")] = listed(enums.Asked, rules.asked) or _("nothing besides the mail address")
    found[_("ways to sign")] = listed(enums.Means, rules.means)
    found[_("least assurance")] = str(enums.Assurance(rules.assurance).label)
    found[_("people who may sign, as of")] = date_format(rules.electorate_on) if rules.electorate_on else "–"
    found[_("districts")] = ", ".join(str(area["name"]) for area in rules.areas) or _("none")
    return found


def _text_differences(before: Rules, after: Rules) -> list[Difference]:
    names = dict(settings.LANGUAGES)
    old = {text.language: text for text in before.texts.all()}
    new = {text.language: text for text in after.texts.all()}
    found = []
    for language in sorted(old.keys() | new.keys()):
        for name, label in TEXT_LABELS.items():
            was, is_now = getattr(old.get(language), name, ""), getattr(new.get(language), name, "")
            if was != is_now:
                found.append(
                    Difference(f"{label} ({names.get(language, language)})", was or "–", is_now or "–")
                )
    return found


def _number(value: int | None) -> str:
    return "–" if value is None else number(value)


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


# --- what is missing -------------------------------------------------------------------------------------------


def warnings(rules: Rules) -> list[str]:
    """What the city should say yet, in the active language. Two queries, unless steps and texts are fetched."""
    found = []
    if not list(rules.steps.all()):
        found.append(_("No number of signatures leads to anything: say from how many on the city answers."))
    if not rules.eligible:
        found.append(_("It is not said who may sign."))
    if rules.electorate is None:
        found.append(_("The number of people who may sign is not known, so no share of them can be told."))
    elif rules.electorate_on and rules.electorate_on < timezone.now().date() - OLD:
        found.append(_("The number of people who may sign is more than two years old."))
    return [*found, *_missing_texts(rules)]


def _missing_texts(rules: Rules) -> Iterator[str]:
    """By language of the interface."""
    texts = {text.language: text for text in rules.texts.all()}
    for code, name in settings.LANGUAGES:
        missing = [str(label) for key, label in TEXT_LABELS.items() if not getattr(texts.get(code), key, "")]
        if missing:
            yield _("Missing in {language}: {texts}.").format(language=str(name), texts=", ".join(missing))
