import itertools
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from concivis.shell import views
from concivis.shell.context import MENU, Shell, address
from concivis.shell.parts import Fact

pytestmark = pytest.mark.urls("concivis.shell.tests.urls")

VOID = {"meta", "link", "input", "img", "br", "hr", "path", "circle", "rect"}


class Page(HTMLParser):
    """Reads a page strictly: keeps tags with their attributes, fails on a tag that is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"an attribute twice on <{tag}>"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes another tag"

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def one(self, tag: str, **wanted: str) -> dict[str, str | None]:
        [found] = [a for a in self.all(tag) if wanted.items() <= a.items()]
        return found


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


def a_request(path: str = "/en/styles/", user: object = None):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request._messages = []
    return request


def page(template: str = "shell/base.html", path: str = "/en/map/", **context: object) -> str:
    user = context.pop("user", None)
    return render_to_string(template, context, a_request(path, user))


def styles(path: str = "/en/styles/?country=DE&kind=twinning&sort=-name&page=3") -> str:
    return views.styles(a_request(path)).content.decode()


# --- every component ---------------------------------------------------------------------------------------


def test_the_style_page_shows_every_component():
    from pathlib import Path

    folder = Path(views.__file__).parent / "templates/shell"
    source = (folder / "styles.html").read_text(encoding="utf-8")
    base = (folder / "base.html").read_text(encoding="utf-8")
    drawn = set(re.findall(r"components/(\w+)\.html", source + base))
    for name in sorted(drawn):
        inner = (folder / f"components/{name}.html").read_text(encoding="utf-8")
        drawn |= set(re.findall(r"components/(\w+)\.html", inner))
    assert drawn == {path.stem for path in (folder / "components").glob("*.html")}


def test_every_tag_is_closed_and_every_id_is_there_once():
    ids = [attributes["id"] for _, attributes in Page(styles()).tags if "id" in attributes]
    assert sorted(set(ids)) == sorted(ids)


def test_no_page_has_inline_script_style_or_handler():
    html = styles()
    for tag, attributes in Page(html).tags:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        if tag == "script":
            assert attributes["src"]
    assert "<style" not in html
    assert re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL) == [""] * html.count("<script")


def test_every_control_has_a_label():
    found = Page(styles())
    labelled = {label.get("for") for label in found.all("label")}
    for tag in ("input", "select", "textarea"):
        for control in found.all(tag):
            assert control.get("type") == "hidden" or control["id"] in labelled


def test_what_labels_and_descriptions_point_to_exists():
    found = Page(styles())
    ids = {attributes.get("id") for _, attributes in found.tags}
    for _, attributes in found.tags:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set((attributes.get(name) or "").split()) <= ids


def test_headings_begin_at_one_and_skip_no_level():
    html = page(heading="Map", crumbs=[])
    assert re.findall(r"<h(\d)", html)[0] == "1"
    levels = [int(level) for level in re.findall(r"<h(\d)", styles())]
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_a_refused_form_says_what_is_wrong_with_links_to_the_fields():
    found = Page(styles())
    targets = {a["href"] for a in found.all("a") if a["href"].startswith("#id_wrong")}
    assert targets == {"#id_wrong-name", "#id_wrong-email", "#id_wrong-kind", "#id_wrong-agree"}
    assert found.one("input", id="id_wrong-email")["aria-invalid"] == "true"


def test_a_required_field_says_so_in_words():
    assert '<span class="required"><span aria-hidden="true">*</span> required</span>' in styles()


def test_filters_in_force_can_be_taken_away_one_by_one():
    chips = [a["href"] for a in Page(styles()).all("a") if a.get("class") == "chip"]
    assert chips == ["?kind=twinning&sort=-name", "?country=DE&sort=-name"]


def test_pages_of_a_list_keep_the_filters():
    assert Page(styles()).one("a", rel="next")["href"] == "?country=DE&kind=twinning&sort=-name&page=4"


def test_downloads_keep_the_filters():
    found = Page(styles())
    assert found.one("a", type="text/csv")["href"] == "/en/styles.csv?country=DE&kind=twinning&sort=-name"


def test_the_sorted_column_is_marked():
    marked = [th["aria-sort"] for th in Page(styles()).all("th") if "aria-sort" in th]
    assert marked == ["descending"]


@pytest.mark.parametrize("language", ["en", "de", "fr", "it", "ro"])
def test_the_style_page_is_drawn_in_every_language(language):
    with override(language):
        assert Page(styles(f"/{language}/styles/")).one("html")["lang"] == language


def test_the_style_page_is_for_developers_and_the_demo(settings):
    settings.DEBUG = settings.DEMO = False
    with pytest.raises(Http404):
        views.styles(a_request())
    settings.DEMO = True
    assert isinstance(views.styles(a_request()), HttpResponse)


# --- the frame ---------------------------------------------------------------------------------------------


def test_a_page_in_a_language_from_right_to_left_says_so(settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    with override("ar"):
        found = Page(page(path="/ar/map/", heading="خريطة"))
    assert found.one("html") == {"lang": "ar", "dir": "rtl"}
    assert {"dir": "rtl", "lang": "ar", "aria-current": "true"}.items() <= found.all("a")[-1].items()


def test_the_languages_are_links_to_the_same_page():
    links = Page(page(path="/en/map/?country=DE&page=2")).all("a")
    german = {a["href"] for a in links if a.get("hreflang") == "de"}
    assert german == {"/de/map/?country=DE&page=2"}


def test_search_machines_learn_the_languages_of_a_page(settings):
    settings.BASE_URL = "https://example.org"
    found = Page(page(path="/en/map/?country=DE"))
    assert found.one("link", rel="canonical")["href"] == "https://example.org/en/map/"
    alternates = {link["hreflang"]: link["href"] for link in found.all("link") if link["rel"] == "alternate"}
    assert alternates["it"] == "https://example.org/it/map/"
    assert set(alternates) == {"en", "de", "it", "ro", "fr"}


def test_a_page_without_a_language_offers_the_home_pages():
    found = Page(page(path="/api/v1/docs"))
    assert [link for link in found.all("link") if link["rel"] == "alternate"] == []
    assert {a["href"] for a in found.all("a") if a.get("hreflang") == "fr"} == {"/fr/"}


def test_the_menu_marks_the_page():
    current = {a["href"] for a in Page(page(path="/en/map/")).all("a") if a.get("aria-current") == "page"}
    assert current == {"/en/map/"}


def test_rooms_that_do_not_answer_are_not_in_the_menu(settings):
    from django.urls import clear_url_caches, set_urlconf

    settings.ROOT_URLCONF = "concivis.shell.urls"
    clear_url_caches()
    set_urlconf(None)
    html = page()
    assert "Partnerships</a>" not in html
    assert Page(html).one("a", **{"class": "logo"})["href"] == "/en/"


@pytest.mark.urls("concivis.site.urls")
def test_every_page_that_the_frame_links_to_exists_on_the_whole_site():
    frame = Shell(a_request("/en/"))
    assert len(frame.menu) == len(MENU)
    assert None not in (frame.office, frame.search, frame.interface)
    assert address("account_login") and address("account_logout")


def test_the_first_link_leads_to_the_content():
    found = Page(page())
    assert found.all("a")[0]["href"] == "#content"
    assert found.one("main")["id"] == "content"


def test_an_anonymous_page_has_no_token():
    assert "csrf" not in page().lower()


def test_somebody_signed_in_has_a_token_and_no_way_to_sign_in():
    html = page(user=SimpleNamespace(is_authenticated=True))
    assert "X-CSRFToken" in html
    assert "Sign in" not in html


def test_htmx_may_neither_write_styles_nor_run_text():
    import json

    config = json.loads(Page(page()).one("meta", name="htmx-config")["content"])
    assert (config["includeIndicatorStyles"], config["allowEval"]) == (False, False)


def a_hub(**changes: object) -> SimpleNamespace:
    return SimpleNamespace(
        **{"name": "Specimen & Sons", "slug": "specimen", "crest": None, "is_example": False} | changes
    )


def test_a_page_of_a_hub_carries_its_name():
    html = page(hub=a_hub(), heading="Partners")
    assert '<a class="band-name" href="#content">Specimen &amp; Sons</a>' in html
    assert "<title>Partners · Specimen &amp; Sons · Concivis</title>" in html
    assert "Example." not in html


def test_an_example_says_that_it_is_one():
    assert "<strong>Example.</strong>" in page(hub=a_hub(is_example=True))


def test_messages_are_announced():
    request = a_request()
    request._messages = [SimpleNamespace(level_tag="success", __str__=lambda self: "x", message="Saved")]
    html = render_to_string("shell/base.html", {}, request)
    assert 'aria-live="polite"' in html
    assert "toast-success" in html


@pytest.mark.django_db
def test_an_anonymous_page_sets_no_cookie(client):
    response = client.get("/en/map/")
    assert response.status_code == 200
    assert response.cookies == {}


@pytest.mark.django_db
def test_no_page_may_load_or_run_anything_from_elsewhere(client):
    policy = client.get("/en/map/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_page_asks_before_something_is_done():
    html = page(
        "shell/confirm.html",
        heading="Remove this member?",
        text="They can be invited again.",
        details=[Fact("Name", "Specimen")],
        submit="Remove",
        cancel_url="/en/map/",
        danger=True,
    )
    found = Page(html)
    assert found.one("form")["method"] == "post"
    assert "button-danger" in {button.get("class") for button in found.all("button")}
    assert found.one("a", **{"class": "button button-quiet"})["href"] == "/en/map/"


# --- errors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [400, 403, 404])
def test_an_error_says_what_happened_and_where_to_go(code):
    html = page(f"{code}.html")
    found = Page(html)
    assert f"Error {code}" in html
    assert len(found.all("h1")) == 1
    assert found.one("meta", name="robots")["content"] == "noindex"
    assert "button" in {a.get("class") for a in found.all("a")}


def test_the_last_error_page_needs_nothing_but_its_template():
    html = render_to_string("500.html")
    assert Page(html).one("h1") == {}
    assert "The fault is ours" in html
