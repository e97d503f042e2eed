"""What those do who look after an initiative, and those who look for one."""

import pytest

from browser.browsing import FAR_AWAY, PHONE, Visitor, link_in


def test_the_yearly_question_is_answered_from_the_letter_with_one_button(browser, site):
    letter = site.letter_to(FAR_AWAY, about="Letters to Toul", within=90)
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(10_000)
    owner = Visitor(context.new_page(), site, language="de")
    owner.page.goto(link_in(letter))
    assert "Letters to Toul" in owner.text()
    owner.press("Yes, still valid")
    assert owner.say("Thank you. The entry says from now on that it was confirmed today.") in owner.text(
        "body"
    )
    owner.follow("The page as everybody sees it")
    assert owner.heading() == "Letters to Toul"
    assert owner.complaints == []
    context.close()


@pytest.mark.parametrize("word", ["بيت جالا", "مسرح"])
def test_a_reader_from_right_to_left_finds_an_initiative_in_their_own_script(stranger, word):
    stranger.go(f"search/?q={word}")
    stranger.page.evaluate("document.documentElement.dir = 'rtl'")
    stranger.page.locator("main .card-title a", has_text="Beit Jala").first.click()
    stranger.page.wait_for_load_state("networkidle")
    assert stranger.complaints == []
