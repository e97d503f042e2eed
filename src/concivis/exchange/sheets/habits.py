"""What people call the columns of their lists, beside our own names and labels: folded, by the field that is meant."""

import re
from collections.abc import Mapping

_HABITS = {
    "id": "concivis id | public id",
    "external_id": "nr | no | number | nummer | lfd nr | numero | numar | key | code | reference",
    "title": """
        name | initiative | project | projekt | titel | bezeichnung | nome | nom | nume | progetto |
        projet | proiect
    """,
    "language": "text language | textsprache",
    "summary": "description | kurzbeschreibung | beschreibung | descrizione | descriere | resume | abstract",
    "story": "long description | text | geschichte | details | langtext",
    "kind": "type | art | typ",
    "stage": "status | state | stand | stato | stare | etat",
    "started": "start | start date | begin | beginn | seit | inizio | debut | inceput | from | von",
    "ended": "end | end date | ende | bis | fine | fin | sfarsit | to",
    "countries": "country | land | lander | laender | partnerland | paese | paesi | pays | tara | tari",
    "towns": "town | city | cities | places | ort | orte | stadt | stadte | citta | ville | villes | oras",
    "themes": "theme | topic | topics | thema | themen | tema | temi | sujets",
    "fields": "field | handlungsfeld",
    "target_groups": "target group | zielgruppe | zielgruppen | destinatari | publics | grup tinta",
    "goals": "sdg | sdgs | goal | ziele",
    "languages": "languages | sprachen | lingue | langues | limbi",
    "lead": """
        organisation | organization | lead organisation | trager | traeger | verein | association |
        organizzazione | organizatie | carrier
    """,
    "partners": "partner | partner organisations | partnerorganisationen",
    "funders": "funder | funding | forderer | foerderer | geldgeber",
    "supporters": "supporter | unterstutzer",
    "needs": "need | bedarf",
    "offers": "offer | angebot | angebote",
    "contact_name": "contact | kontakt | ansprechpartner | contact person",
    "contact_email": "email | e mail | mail | contact email",
    "contact_phone": "phone | telephone | telefon | tel | telefono",
    "consent_for": "consent | einwilligung | consenso | consentement",
    "consent_on": "consent date",
    "links": "link | url | website | web | homepage | webseite | social media | facebook",
    "dac_code": "dac | crs | sector",
    "owner_email": "owner | owner email",
    "name": """
        organisation | organization | association | verein | vereinsname | titel | title | nome | nom |
        nume | denominazione | denumire
    """,
    "diaspora": "diaspora",
    "other_names": "other name | short name | abkurzung | kurzname | sigla | sigle",
    "legal_form": "rechtsform | forma giuridica | forme juridique",
    "register_scheme": "registergericht",
    "register_number": "registernummer | vr nummer",
    "town": "city | place | ort | stadt | sitz | citta | sede | ville | oras | localitate",
    "address": "anschrift | strasse | street | indirizzo | adresse | adresa",
    "email": "email | e mail | mail | contact email",
    "phone": "phone | telephone | telefon | tel | telefono",
    "spoken": "languages | sprachen | lingue | langues | limbi",
    "description": "description | beschreibung | descrizione | descriere | about us",
    "activities_here": "activities | tatigkeiten | aktivitaten",
    "website": "url | web | homepage | webseite | internet | sito",
    "source_url": "source | quelle",
}  # fmt: skip
HABITS: Mapping[str, tuple[str, ...]] = {
    name: tuple(word.strip() for word in re.split(r"\s*\|\s*", words) if word.strip())
    for name, words in _HABITS.items()
}
