"""Reads of the vocabulary that other rooms share."""

from django.utils.translation import get_language

from concivis.vocabulary.models import Term, TermLabel


def terms(scheme: str) -> list[Term]:
    """What a form may offer of a scheme, in the order of its file, with labels. One query."""
    return list(Term.objects.in_scheme(scheme).current().with_labels())


def term_choices(scheme: str) -> list[tuple[str, str]]:
    """(code, label in the reader's language, else English) for a select, without the retired. One query."""
    language = get_language() or "en"
    rows = TermLabel.objects.filter(
        term__scheme=scheme, term__retired=False, language__in=[language, language.split("-")[0], "en"]
    ).order_by("term__position", "language")
    labels: dict[str, str] = {}
    for code, spoken, label in rows.values_list("term__code", "language", "label"):
        if spoken != "en" or code not in labels:
            labels[code] = label
    return list(labels.items())
