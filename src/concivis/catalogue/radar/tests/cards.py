"""Entries for the tests, and towns that their texts name."""

from concivis.catalogue.radar import Entry, KnownPlace, Text

TOWNS = {
    "kumasi": [KnownPlace("kumasi", "GH", 2_500_000)],
    "житомир": [KnownPlace("zhytomyr", "UA", 260_000)],
    "savannah": [KnownPlace("savannah", "US", 145_000)],
    "essen": [KnownPlace("essen", "DE", 580_000)],
    "salt": [KnownPlace("salt", "JO", 97_000)],
    "afyonkarahisar": [KnownPlace("afyon", "TR", 200_000)],
}


def lookup(spellings):
    return {spelling: TOWNS[spelling] for spelling in spellings if spelling in TOWNS}


def entry(identity, title="", body="", language="en", **tags):
    texts = {language: Text(title, body)} if title or body else {}
    return Entry(id=identity, texts=texts, **{"hub": "hamm", **tags})
