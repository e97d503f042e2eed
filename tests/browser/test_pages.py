"""Every page: no serious finding of axe-core, a silent console, nothing sticking out of a phone's window."""

import pytest
from playwright.sync_api import Browser, Page

from browser.browsing import ASKERS_KEY, DESK, ENQUIRY, PHONE, Visitor

PUBLIC = {
    "home": "",
    "search, nothing asked": "search/",
    "search with hits": "search/?q=hamm",
    "search without hits": "search/?q=qqqqqq",
    "search with filters": "search/?q=hamm&country=DE&country=FR&kind=partnership&sort=newest",
    "search, none fits": "search/?q=hamm&country=TO",
    "search, put right": "search/?q=keihgley",
    "everything": "everything/",
    "everything of a hub": "hubs/hamm/everything/",
    "a country of a hub": "hubs/hamm/countries/MX/",
    "themes": "themes/",
    "theme": "themes/youth/",
    "theme of a hub": "hubs/hamm/themes/youth/",
    "theme without entries": "themes/public-health/",
    "countries": "countries/",
    "country": "countries/de/",
    "country without partnerships": "countries/to/",
    "map": "map/",
    "map, filtered": "map/?country=DE",
    "partnerships": "partnerships/",
    "partnerships, filtered": "partnerships/?country=DE&kind=twinning&sort=-since",
    "partnerships, none fits": "partnerships/?country=DE&from=1400&to=1401",
    "partnerships, a wrong filter": "partnerships/?country=QQ&state=none",
    "place": "places/gn2911240/hamm/",
    "place without partners": "places/gn2820256/ulm/",
    "chain, nothing asked": "places/gn2911240/chain/",
    "chain": "places/gn2911240/chain/?to=Bradford",
    "chain to a place that nothing leads to": "places/gn2911240/chain/?to=Ulm",
    "chain to several places of one name": "places/gn2911240/chain/?to=Springfield",
    "chain to nowhere": "places/gn2911240/chain/?to=qqqqqq",
    "figures": "figures/",
    "figures of a country": "figures/?country=DE",
    "figures of a country without links": "figures/?country=TO",
    "candidates for a place": "places/gn2911240/hamm/finder/",
    "candidates for a place without partners": "places/gn2820256/ulm/finder/?country=FR",
    "a place in the network": "places/gn2911240/hamm/network/",
    "municipalities that look for a partner": "looking-for-a-partner/",
    "hubs": "hubs/",
    "hubs, none called so": "hubs/?q=qqqqqq",
    "hub": "hubs/hamm/",
    "hub with a crowded map": "hubs/reggio-emilia/",
    "sign in": "accounts/login/",
    "sign up": "accounts/signup/",
    "forgotten password": "accounts/password/reset/",
    "forgotten password, sent": "accounts/password/reset/done/",
    "confirm the mail": "accounts/confirm-email/",
    "styles": "styles/",
    "chain between two places": "chain/",
    "where to find partners": "finder/",
    "calendar of a hub": "hubs/hamm/calendar/",
    "initiatives": "initiatives/",
    "initiatives, none fits": "initiatives/?q=qqqqqq",
    "initiatives of a hub": "hubs/hamm/initiatives/",
    "stories": "hubs/hamm/stories/",
    "register an initiative": "hubs/hamm/initiatives/new/",
    "organisations": "organisations/",
    "meetings": "hubs/hamm/meetings/",
    "newsletter": "hubs/hamm/newsletter/",
    "subscribe": "newsletter/subscribe/",
    "proposals": "proposals/",
    "proposals, none fits": "proposals/?q=qqqqqq",
    "proposals of a hub": "hubs/hamm/proposals/",
    "what became of proposals": "hubs/hamm/proposals/became/",
    "proposals not admitted": "hubs/hamm/proposals/not-admitted/",
    "proposals not admitted, none": "hubs/reggio-emilia/proposals/not-admitted/",
    "reasons not to admit": "proposals/reasons/",
    "propose": "hubs/hamm/proposals/new/",
    "co-design": "hubs/hamm/codesign/",
    "my part in co-design": "codesign/mine/",
    "input box, its receipt": "codesign/box/",
    "reports": "hubs/hamm/reports/",
    "how visitors are counted": "counting/",
    "what is kept of you": "your-data/",
    "frame, initiatives": "embed/hamm/initiatives/",
    "frame, proposals": "embed/hamm/proposals/",
    "frame, dates": "embed/hamm/dates/",
    "account deleted": "accounts/deleted/",
}
NOT_FOUND = {
    "nothing here": "nothing/here/",
    "no such place": "places/gn1/nowhere/",
    "an invitation that is none": "hubs/invitations/none/",
}
SIGNED_IN = {
    "my hubs": "hubs/mine/",
    "new hub, city": "hubs/new/",
    "office": "office/hamm/",
    "settings": "office/hamm/settings/",
    "members": "office/hamm/members/",
    "leave": "office/hamm/leave/",
    "invitations": "office/hamm/invitations/",
    "record": "office/hamm/record/",
    "record, filtered": "office/hamm/record/?until=2001-01-01",
    "imports": "office/hamm/imports/",
    "partnerships of the office": "office/hamm/partnerships/",
    "partnerships of the office, none fits": "office/hamm/partnerships/?q=qqqqqq",
    "new partnership": "office/hamm/partnerships/new/",
    "keep this view": "office/hamm/partnerships/views/keep/?state=active",
    "needs attention": "office/hamm/today/",
    "letters that remind": "office/hamm/today/letters/",
    "enquiries": "office/hamm/enquiries/",
    "enquiries, none is so": "office/hamm/enquiries/?q=qqqqqq",
    "note an enquiry": "office/hamm/enquiries/new/",
    "an enquiry": f"office/hamm/enquiries/{ENQUIRY}/",
    "hand an enquiry over": f"office/hamm/enquiries/{ENQUIRY}/hand-over/",
    "forget an asker": f"office/hamm/enquiries/{ENQUIRY}/forget/",
    "response times": "office/hamm/enquiries/figures/",
    "texts for answers": "office/hamm/enquiries/texts/",
    "a text for answers": "office/hamm/enquiries/texts/new/",
    "take mails in": "office/hamm/enquiries/mails/",
    "rules of the desk": "office/hamm/enquiries/rules/",
    "ask the office": "hubs/hamm/ask/",
    "ask the office, sent": "hubs/hamm/ask/sent/",
    "an asker's enquiry": f"enquiries/yours/{ASKERS_KEY}/",
    "an asker is forgotten": f"enquiries/yours/{ASKERS_KEY}/forget/",
    "partner finder": "office/hamm/finder/",
    "candidates side by side": "office/hamm/finder/compare/?with=gn2820256&with=gn2660971",
    "first letter": "office/hamm/finder/letter/gn2820256/",
    "letters": "office/hamm/letters/",
    "shortlists": "office/hamm/shortlists/",
    "looking for a partner": "office/hamm/looking/",
    "activities of the office": "office/hamm/activities/",
    "rules of the office": "office/hamm/partnership-rules/",
    "steps of the office's own": "office/hamm/journey-steps/",
    "integrations": "office/hamm/integrations/",
    "new token": "office/hamm/integrations/tokens/new/",
    "new webhook": "office/hamm/integrations/webhooks/new/",
    "frames for the city's website": "office/hamm/embed/",
    "posters": "office/hamm/posters/",
    "register": "office/hamm/initiatives/",
    "new initiative": "office/hamm/initiatives/new/",
    "what needs care": "office/hamm/initiatives/hygiene/",
    "rules of the register": "office/hamm/initiatives/rules/",
    "directory": "office/hamm/organisations/",
    "new organisation": "office/hamm/organisations/new/",
    "the same organisation twice": "office/hamm/organisations/duplicates/",
    "claims": "office/hamm/organisations/claims/",
    "radar": "office/hamm/radar/",
    "what the radar learnt": "office/hamm/radar/learnt/",
    "introductions": "office/hamm/introductions/",
    "new introduction": "office/hamm/introductions/new/",
    "meetings of the office": "office/hamm/meetings/",
    "new meeting": "office/hamm/meetings/new/",
    "tasks of meetings": "office/hamm/meetings/tasks/",
    "newsletters of the office": "office/hamm/newsletter/",
    "new newsletter": "office/hamm/newsletter/new/",
    "subscribers": "office/hamm/newsletter/subscribers/",
    "proposals of the office": "office/hamm/proposals/",
    "limits of signing": "office/hamm/proposals/limits/",
    "figures of proposals": "office/hamm/proposals/figures/",
    "rules of proposals": "office/hamm/proposals/rules/",
    "edit the rules of proposals": "office/hamm/proposals/rules/edit/",
    "processes": "office/hamm/codesign/",
    "new process": "office/hamm/codesign/processes/new/",
    "insights": "office/hamm/codesign/insights/",
    "connectors": "office/hamm/codesign/connectors/",
    "new connector": "office/hamm/codesign/connectors/new/",
    "training": "office/hamm/codesign/training/",
    "messages of connectors": "office/hamm/codesign/messages/",
    "expenses": "office/hamm/codesign/expenses/",
    "rules of co-design": "office/hamm/codesign/rules/",
    "reports of the office": "office/hamm/reports/",
    "new report": "office/hamm/reports/new/",
    "reach of the office": "office/hamm/reach/",
    "take-out": "office/hamm/takeout/",
    "development cooperation": "office/hamm/iati/",
    "publisher of activities": "office/hamm/iati/publisher/",
    "lists to import": "office/hamm/imports/lists/",
    "proposals to import": "office/hamm/imports/proposals/",
    "letters of the demo": "demo/mail/",
    "hub, as a member": "hubs/hamm/",
    "home, signed in": "",
    "account": "accounts/profile/",
    "mail addresses": "accounts/email/",
    "password": "accounts/password/change/",
    "second factors": "accounts/2fa/",
    "passkeys": "accounts/2fa/webauthn/",
    "new passkey": "accounts/2fa/webauthn/add/",
    "authenticator app": "accounts/2fa/totp/activate/",
    "other ways to sign in": "accounts/3rdparty/",
    "sign out": "accounts/logout/",
    "delete the account": "accounts/delete/",
}
LINKED = {  # pages whose address holds a number: found by a link on another page
    "an initiative": ("hubs/hamm/initiatives/", "main .cards a"),
    "an organisation": ("organisations/", "main .cards a, main table a"),
    "a proposal that collects": ("hubs/hamm/proposals/?q=trees", "main .cards a"),
    "a proposal that is realised": ("hubs/hamm/proposals/?q=bicycle", "main .cards a"),
    "a proposal to review": ("office/hamm/proposals/?q=shelf", "main table a"),
    "a proposal not admitted": ("office/hamm/proposals/?q=trains", "main table a"),
    "a process": ("hubs/hamm/codesign/", "main .cards a"),
    "a process of the office": ("office/hamm/codesign/", "main table a, main .rows a"),
    "partnership": ("places/gn2911240/hamm/", "main table a[href*='/partnerships/']"),
    "partnership with accounts that differ": ("hubs/keighley/", "main a[href*='/partnerships/']"),
    "import sent": ("office/hamm/imports/", "main table a:has-text('sent.csv')"),
    "import looked at": ("office/hamm/imports/", "main table a:has-text('looked-at.csv')"),
    "import applied": ("office/hamm/imports/", "main table a:has-text('applied.csv')"),
    "remove a member": ("office/hamm/members/", "main table a[href$='/remove/']"),
}
IMPORT_STEPS = {
    "apply": "/apply/",
    "throw away": "/discard/",
    "change the columns": "/columns/",
    "decide": "/ends/",
}

ONE_PARTNERSHIP = [  # behind the address of Hamm – Toul in the office, of which the demo has walked half of the way
    "",
    "edit/",
    "dates/",
    "dates/new/?kind=ratified",
    "suspend/",
    "other-side/",
    "journey/",
    "objectives/",
    "objectives/new/",
    "objectives/plan/new/",
    "objectives/reviews/new/",
    "activities/",
    "activities/new/",
    "agreement/",
    "agreement/new/",
    "documents/",
    "documents/new/",
    "people/",
    "people/new/",
]


@pytest.fixture(scope="module")
def strangers_page(browser: Browser) -> Page:
    """One tab for all public pages, as anybody has it open."""
    return browser.new_context().new_page()


@pytest.fixture(scope="module")
def coordinators_page(browser: Browser, keys_of_the_coordinator) -> Page:
    return browser.new_context(storage_state=keys_of_the_coordinator).new_page()


def faults(visitor: Visitor, axe: str) -> list[str]:
    """What is wrong with the page that is open, in light and dark, on a desk and on a phone, in both directions."""
    page = visitor.page
    found = [f"axe, {finding}" for finding in visitor.findings(axe)]
    visitor.turn("dark")
    found += [f"axe in the dark, {finding}" for finding in visitor.findings(axe, only=["color-contrast"])]
    page.set_viewport_size(PHONE)
    found += [
        f"axe on a phone, {finding}"
        for finding in visitor.findings(axe, only=["color-contrast", "target-size"])
    ]
    found += [f"320 px, {fault}" for fault in visitor.overflow()]
    page.evaluate("document.documentElement.dir = 'rtl'")
    found += [f"320 px right to left, {fault}" for fault in visitor.overflow()]
    page.set_viewport_size(DESK)
    found += [f"right to left, {fault}" for fault in visitor.overflow()]
    page.evaluate("document.documentElement.dir = 'ltr'")
    found += [f"desk, {fault}" for fault in visitor.overflow()]
    visitor.turn("light")
    return found + visitor.complaints


def tour(page: Page, site, axe: str, path: str, *, status: int = 200, link: str = "") -> list[str]:
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    visitor = Visitor(page, site)
    try:
        visitor.go(path, status=status)
        if link:
            visitor.page.locator(link).first.click()
            visitor.page.wait_for_load_state()
        found = faults(visitor, axe)
        return found + german_faults(visitor)
    finally:
        page.remove_listener("console", visitor._hear)


def german_faults(visitor: Visitor) -> list[str]:
    """German words are long: does the page still fit a phone?"""
    path = visitor.path().split("/", 2)[2]
    visitor.page.set_viewport_size(PHONE)
    visitor.page.goto(f"{visitor.site.address}/de/{path}")
    return [f"German, 320 px, {fault}" for fault in visitor.overflow()]


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC)
def test_a_public_page_is_sound(path, strangers_page, site, axe):
    assert tour(strangers_page, site, axe, path) == []


@pytest.mark.parametrize("path", NOT_FOUND.values(), ids=NOT_FOUND)
def test_a_page_that_is_not_there_is_sound(path, strangers_page, site, axe):
    assert tour(strangers_page, site, axe, path, status=404) == []


@pytest.mark.parametrize("path", SIGNED_IN.values(), ids=SIGNED_IN)
def test_a_page_of_the_office_is_sound(path, coordinators_page, site, axe):
    assert tour(coordinators_page, site, axe, path) == []


@pytest.mark.parametrize(("path", "link"), LINKED.values(), ids=LINKED)
def test_a_page_behind_a_link_is_sound(path, link, coordinators_page, site, axe):
    assert tour(coordinators_page, site, axe, path, link=link) == []


@pytest.mark.parametrize("ending", IMPORT_STEPS.values(), ids=IMPORT_STEPS)
def test_a_step_of_an_import_is_sound(ending, coordinators_page, site, axe):
    visitor = Visitor(coordinators_page, site)
    visitor.go("office/hamm/imports/")
    visitor.page.locator("main table a:has-text('looked-at.csv')").click()
    here = visitor.path().split("/", 2)[2]
    assert tour(coordinators_page, site, axe, here, link=f"main a[href*='{ending}']") == []


@pytest.mark.parametrize("ending", ONE_PARTNERSHIP)
def test_a_page_of_one_partnership_is_sound(ending, coordinators_page, site, axe):
    assert tour(coordinators_page, site, axe, f"{toul(coordinators_page, site)}{ending}") == []


def test_a_step_of_the_ten_is_sound(coordinators_page, site, axe):
    journey = f"{toul(coordinators_page, site)}journey/"
    assert tour(coordinators_page, site, axe, journey, link="main ol li:nth-child(3) a") == []


def toul(page: Page, site) -> str:
    page.goto(f"{site.address}/en/office/hamm/partnerships/?q=Toul")
    address = page.locator("main tbody a").first.get_attribute("href")
    assert address
    return address.split("/", 2)[2]
