"""Reads of the vocabulary that other rooms share."""

from concivis.vocabulary.models import Term


def terms(scheme: str) -> list[Term]:
    """What a form may offer of a scheme, in the order of its file, with labels. One query."""
    return list(Term.objects.in_scheme(scheme).current().with_labels())
