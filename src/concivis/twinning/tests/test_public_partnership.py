import json
import re
from xml.etree import ElementTree

import pytest

from concivis.directory.models import Organisation, OrganisationKind
from concivis.hubs.factories import HubFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import actions, factories
from concivis.twinning.drafts import EvidenceDraft
from concivis.twinning.enums import MilestoneKind, PartnershipKind, PartnershipState
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keighley():
    return PlaceFactory(name="Keighley", country__code="GB")


@pytest.fixture
def poix():
    return PlaceFactory(name="Poix-du-Nord", country__code="FR")


def page_of(client, tie):
    return client.get(f"/en/partnerships/{tie.public_id}/").content.decode()


def told(title):
    return actions.source(title=title, url=f"https://example.org/{title}")


def test_a_partnership_is_titled_by_its_places(client, keighley, poix):
    page = page_of(client, factories.partnership(keighley, poix))
    assert "<h1>Keighley – Poix-du-Nord</h1>" in page
    assert keighley.get_absolute_url() in page


def test_kind_and_state_are_explained(client, keighley, poix):
    page = page_of(client, factories.partnership(keighley, poix, state=PartnershipState.SUSPENDED))
    assert "A formal tie by contract" in page
    assert "A suspended partnership has not ended" in page


def test_a_dormant_partnership_says_that_nobody_decided_it(client):
    tie = factories.partnership()
    factories.activity(tie, "1999")
    assert "Nobody decided this: it is computed." in page_of(client, tie)


def test_where_accounts_differ_both_stand_with_their_sources(client, keighley, poix):
    tie = factories.partnership(
        keighley,
        poix,
        milestones=[
            factories.milestone(MilestoneKind.SIGNED, "1921", source=told("The town’s history")),
            factories.milestone(MilestoneKind.SIGNED, "1920", source=told("The League of Help")),
        ],
    )
    accounts = re.search(r"Accounts differ</h2>(.+?)</section>", page_of(client, tie), re.S)[1]
    assert re.findall(r"<strong>(\d+)</strong>", accounts) == ["1920", "1921"]
    assert "The town’s history" in accounts
    assert "The League of Help" in accounts


def test_a_year_and_a_day_in_it_do_not_differ(client):
    tie = factories.partnership(
        milestones=[
            factories.milestone(MilestoneKind.SIGNED, "1963", source=told("A")),
            factories.milestone(MilestoneKind.SIGNED, "1963-05-03", source=told("B")),
        ]
    )
    assert "Accounts differ" not in page_of(client, tie)


def test_each_side_shows_its_own_dates_and_the_body_that_acts(client, keighley, poix):
    tie = factories.partnership(
        keighley,
        poix,
        milestones=[factories.milestone(MilestoneKind.RATIFIED, "1985-11", place=poix.pk, decision="No. 12")],
    )
    committee = Organisation.objects.create(
        public_id="o1",
        kind=OrganisationKind.COMMITTEE,
        name="Comité de jumelage",
        folded="comite de jumelage",
    )
    tie.sides.filter(place=poix).update(organisation=committee)
    page = page_of(client, tie)
    assert "Comité de jumelage" in page
    assert "November 1985" in page
    assert "Decision: No. 12" in page
    assert "Ratified in council · Poix-du-Nord" in page


def test_every_source_stands_with_its_place_licence_and_day(client, keighley, poix):
    source = actions.source(
        title="Twin towns", url="https://example.org/list", licence="CC0", publisher="A library"
    )
    tie = factories.partnership(keighley, poix, evidence=[EvidenceDraft(source=source, locator="line 812")])
    page = page_of(client, tie)
    for text in ("line 812", "A library", "CC0", 'href="https://example.org/list"'):
        assert text in page


def test_an_address_that_is_not_of_the_web_becomes_no_link(client):
    tie = factories.partnership(evidence=[EvidenceDraft(source=told("Doubtful"))])
    tie.evidence.get().source.__class__.objects.update(url="javascript:alert(1)")
    assert "javascript:" not in page_of(client, tie)


def test_fields_lead_to_partnerships_of_the_same_field(client):
    term = TermFactory(scheme__code="field", code="youth", texts={"en": "Youth"})
    assert 'href="/en/partnerships/?field=youth">Youth</a>' in page_of(
        client, factories.partnership(fields=[term])
    )


def test_another_tie_between_the_same_places_is_named(client, keighley, poix):
    tie = factories.partnership(keighley, poix)
    other = factories.partnership(keighley, poix, kind=PartnershipKind.CLIMATE)
    assert f'href="/en/partnerships/{other.public_id}/">Climate partnership' in page_of(client, tie)


def test_machines_read_its_places(client, keighley, poix):
    page = page_of(client, factories.partnership(keighley, poix, signed="1921"))
    document = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page)[1])
    assert [city["name"] for city in document["about"]] == ["Keighley", "Poix-du-Nord"]
    assert document["dateCreated"] == "1921"


def test_a_name_cannot_end_the_block_for_machines(client):
    tie = factories.partnership(PlaceFactory(name="</script><b>"), PlaceFactory(name="B & C"))
    page = page_of(client, tie)
    assert "</script><b>" not in page
    document = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page)[1])
    assert document["name"] == "</script><b> – B & C"


def test_it_has_a_picture_to_share_and_a_feed_of_its_dates(client, keighley, poix):
    tie = factories.partnership(keighley, poix, signed="1921")
    picture = client.get(f"/en/partnerships/{tie.public_id}/share.png")
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    feed = b"".join(client.get(f"/en/partnerships/{tie.public_id}/changes.atom").streaming_content)
    titles = [e.text for e in ElementTree.fromstring(feed).iter("{http://www.w3.org/2005/Atom}title")]
    assert titles == ["Keighley – Poix-du-Nord", "Signed: 1921"]


@pytest.mark.parametrize("facts", [{"is_published": False}, {"state": PartnershipState.DRAFTED}])
def test_what_is_not_public_is_not_found(client, facts):
    tie = factories.partnership(**facts)
    for name in ("", "share.png", "changes.atom"):
        assert client.get(f"/en/partnerships/{tie.public_id}/{name}").status_code == 404


def test_a_tie_of_an_unpublished_office_is_not_found(client):
    tie = factories.partnership(hub=HubFactory(is_published=False))
    assert client.get(f"/en/partnerships/{tie.public_id}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_ten_queries_however_many_dates(client, count, django_assert_num_queries):
    years = [factories.milestone(MilestoneKind.RENEWED, str(1950 + n)) for n in range(count)]
    tie = factories.partnership(milestones=years)
    with django_assert_num_queries(10):
        page_of(client, tie)


def test_dates_are_written_in_the_reader_s_language(client, keighley, poix):
    tie = factories.partnership(keighley, poix, signed="1963-05-03")
    page = client.get(f"/de/partnerships/{tie.public_id}/").content.decode()
    assert "3. Mai 1963" in page
    assert "Vereinigtes Königreich" in page
