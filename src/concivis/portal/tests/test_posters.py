"""Posters with a code that telephones read."""

import io

import pytest
import segno
import typst
from django.test import Client
from PIL import Image

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.hubs.testing import asks
from concivis.initiatives import factories
from concivis.portal.posters import drawing
from concivis.portal.posters.drawing import given
from concivis.portal.posters.subjects import Poster, Said
from concivis.shell.codes import QUIET

pytestmark = pytest.mark.django_db(databases="__all__")
ADDRESS = "/en/office/hamm/posters/"


@pytest.fixture
def hub() -> Hub:
    return HubFactory(slug="hamm", name="Hamm", place__name="Hamm")


@pytest.fixture
def office(hub: Hub) -> Client:
    client = Client()
    client.force_login(MembershipFactory(hub=hub, role="observer").user)
    return client


def composed(office: Client, **said: object):
    return office.get(ADDRESS, {"about": "hub", "languages": ["en"], "format": "a4", **said})


def pixels(poster: Poster) -> Image.Image:
    import json

    picture = typst.compile(
        drawing.TEMPLATE.read_bytes(), format="png", ppi=144, sys_inputs={"given": json.dumps(given(poster))}
    )
    return Image.open(io.BytesIO(picture if isinstance(picture, bytes) else picture[0])).convert("L")


def test_the_code_on_the_paper_is_that_of_the_address(hub: Hub) -> None:
    """Read back from the printed page, module by module, and compared with what segno makes of the address."""
    address = "http://localhost:8000/de/hubs/hamm/initiatives/new/"
    page = pixels(Poster(hub, "a4", address, [Said("de", "Hamm", "")]))
    black = page.point(lambda shade: 255 if shade < 8 else 0)
    left, top, right, bottom = black.getbbox()
    matrix = segno.make_qr(address, error="m").matrix
    step = (right - left) / len(matrix)
    read = [
        [
            page.getpixel((int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))) < 128
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert read == [[bool(module) for module in row] for row in matrix]
    assert abs((right - left) - (bottom - top)) <= 2
    assert QUIET == 4


@pytest.mark.parametrize("paper", ["a4", "a3", "cards"])
def test_a_poster_is_a_tagged_document(hub: Hub, office: Client, paper: str) -> None:
    response = office.get(
        f"{ADDRESS}poster.pdf", {"about": "register", "languages": ["en", "de"], "format": paper}
    )
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in response.content
    assert b"pdfuaid" in response.content


def test_the_address_is_there_to_be_read(hub: Hub, office: Client) -> None:
    made = composed(office).context["made"]
    assert (made.address, made.readable) == (
        "http://localhost:8000/en/hubs/hamm/",
        "localhost:8000/en/hubs/hamm",
    )
    assert given(made)["readable"] in given(made)["alternative"]


def test_the_code_leads_to_the_first_language(hub: Hub, office: Client) -> None:
    made = composed(office, about="register", languages=["de", "it"]).context["made"]
    assert made.address.endswith("/de/hubs/hamm/initiatives/new/")
    assert [said.language for said in made.texts] == ["de", "it"]


def test_an_initiative_has_its_own(hub: Hub, office: Client) -> None:
    entry = factories.initiative("Choir", hub=hub, summary="We sing.")
    made = composed(office, about="entry", entry=f"initiative:{entry.public_id}").context["made"]
    assert made.address.endswith(f"/en/initiatives/{entry.public_id}/")
    assert made.texts[0] == Said("en", "Choir", "We sing.")


def test_of_another_city_nothing_is_offered(hub: Hub, office: Client) -> None:
    entry = factories.initiative("Elsewhere")
    response = composed(office, about="entry", entry=f"initiative:{entry.public_id}")
    assert list(response.context["form"].errors) == ["entry"]


def test_a_filtered_list_has_its_own(hub: Hub, office: Client) -> None:
    address = "http://localhost:8000/en/hubs/hamm/initiatives/?country=MX"
    made = composed(office, about="page", page=address, headline="Hamm and Mexico").context["made"]
    assert (made.address, made.texts[0].title) == (address, "Hamm and Mexico")


@pytest.mark.parametrize(
    "page",
    [
        "",
        "https://evil.example/en/hubs/hamm/",
        "http://localhost:8000.evil.example/en/hubs/hamm/",
        "javascript:alert(1)",
        "/en/office/hamm/",
        "/en/initiatives/mine/SecretKeySecretKey/",
        "/en/nowhere/",
        "/en/hubs/hamm/initiatives/?q=" + "x" * 1500,
        "x" * 5000,
    ],
)
def test_only_public_pages_of_this_site_in_an_address_that_fits(hub: Hub, office: Client, page: str) -> None:
    response = composed(office, about="page", page=page)
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["page"])
    assert office.get(f"{ADDRESS}poster.pdf", {"about": "page", "page": page}).status_code == 404


def test_more_than_three_languages_are_too_many(hub: Hub, office: Client) -> None:
    response = composed(office, languages=["en", "de", "it", "fr"])
    assert list(response.context["form"].errors) == ["languages"]


def test_a_headline_that_looks_like_markup_is_text(hub: Hub) -> None:
    poster = Poster(hub, "a4", "http://localhost:8000/en/", [Said("en", '#panic() $x$ ] } "', "*not bold*")])
    assert drawing.pdf(poster).startswith(b"%PDF-")


@pytest.mark.parametrize("many", [1, 3])
def test_composing_costs_the_same_for_many_entries(hub: Hub, office: Client, many: int) -> None:
    for _ in range(many):
        factories.initiative(hub=hub)
    office.get(ADDRESS)
    with asks(5):
        office.get(ADDRESS)
