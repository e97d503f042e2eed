import factory
from factory.django import DjangoModelFactory

from concivis.vocabulary.models import Scheme, Term, TermLabel


class SchemeFactory(DjangoModelFactory[Scheme]):
    class Meta:
        model = Scheme
        django_get_or_create = ("code",)

    code = "field"
    version = "1"
    source = "Written for a test."


class TermFactory(DjangoModelFactory[Term]):
    """A term with a label for each language named: `TermFactory(code="youth", texts={"en": "Youth"})`."""

    class Meta:
        model = Term
        skip_postgeneration_save = True

    scheme = factory.SubFactory(SchemeFactory)
    code = factory.Sequence(lambda n: f"term-{n}")
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def texts(term: Term, create: bool, texts: dict[str, str] | None, **kwargs: object) -> None:
        for language, label in (texts or {}).items():
            TermLabel.objects.create(term=term, language=language, label=label)
