import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from concivis.shell.date_fields import PartialDateField


def understood(text: str, language: str = "en") -> str:
    with translation.override(language):
        return PartialDateField(required=False).clean(text).iso


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("1921", "en", "1921"),
        ("1963-05", "en", "1963-05"),
        ("3.5.1963", "de", "1963-05-03"),
        ("03/05/1963", "fr", "1963-05-03"),
        ("5/1963", "it", "1963-05"),
        ("May 1963", "en", "1963-05"),
        ("May 3, 1963", "en", "1963-05-03"),
        ("3. Mai 1963", "de", "1963-05-03"),
        ("März 1963", "de", "1963-03"),
        ("3 maggio 1963", "it", "1963-05-03"),
        ("3 mai 1963", "ro", "1963-05-03"),
        ("1 May 1963", "de", "1963-05-01"),
    ],
)
def test_a_date_is_read_as_people_write_it(text, language, iso):
    assert understood(text, language) == iso


def test_nothing_written_is_no_date():
    assert PartialDateField(required=False).clean("  ") is None


@pytest.mark.parametrize("text", ["31.2.1963", "13/1963", "soon", "3 Brumaire 1799", "5.63"])
def test_what_is_no_date_is_said_in_a_sentence(text):
    with pytest.raises(ValidationError, match="is not a d"):
        PartialDateField().clean(text)
