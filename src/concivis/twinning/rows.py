"""The rows of the table of partnerships, written without a template: fifty of them cost a millisecond."""

from collections.abc import Sequence
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from concivis.places.countries import names
from concivis.shell.templatetags.shell import state_tone
from concivis.twinning import listing
from concivis.twinning.enums import PartnershipKind
from concivis.twinning.listing import Listed

NOTHING = '<span class="nothing">–</span>'
ROW = (
    '<tr><th scope="row"><a href="%s%s/">%s</a>%s</th><td data-label="%s">%s</td><td data-label="%s">%s</td>'
    '<td data-label="%s">%s</td><td class="numeric" data-label="%s">%s</td></tr>'
)


def drawn(rows: Sequence[Listed]) -> SafeString:
    """All rows; empty where there are none."""
    words = [
        escape(word) for word in (gettext("Countries"), gettext("Kind"), gettext("State"), gettext("Since"))
    ]
    kinds = {kind.value: escape(str(kind.label)) for kind in PartnershipKind}
    states = {
        state: _badge(state_tone(state), listing.state_label(state)) for state in {row.state for row in rows}
    }
    spoken = names(get_language() or "en")
    address = reverse("twinning:partnership", args=["-"])[:-2]
    example = _badge("warm", gettext("example"))
    lines = [
        ROW
        % (
            address,
            escape(row.public_id),
            escape(row.title),
            example if row.is_example else "",
            words[0],
            escape(
                " – ".join(dict.fromkeys(spoken.get(place.country, place.country) for place in row.places))
            ),
            words[1],
            kinds[row.kind],
            words[2],
            states[row.state],
            words[3],
            row.started.year if row.started else NOTHING,
        )
        for row in rows
    ]
    return mark_safe("".join(lines))  # noqa: S308 - every text in it went through escape()


def _badge(tone: str, text: str) -> str:
    return f' <span class="badge badge-{escape(tone)}">{escape(text)}</span>'
