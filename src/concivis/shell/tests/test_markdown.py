import pytest

from concivis.shell.markdown import to_html, to_text


def test_paragraphs_lists_and_emphasis_are_drawn() -> None:
    assert to_html("Hello **you**\n\n- one\n- two") == (
        "<p>Hello <strong>you</strong></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
    )


def test_headings_begin_below_those_of_the_page() -> None:
    assert to_html("# Title\n\n###### deep") == "<h3>Title</h3>\n<h6>deep</h6>\n"


def test_links_lead_out_without_telling_from_where() -> None:
    expected = '<p><a href="https://example.org" rel="nofollow noopener noreferrer">there</a></p>\n'
    assert to_html("[there](https://example.org)") == expected


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<img src=x onerror="alert(1)">',
        "![x](https://example.org/tracker.png)",
        '[x](https://example.org "onmouseover=alert(1)")',
    ],
)
def test_nothing_in_it_can_run_or_fetch(hostile: str) -> None:
    drawn = to_html(hostile)
    for harm in ("<script", "<img", 'href="javascript', 'href="data', ' onmouseover="'):
        assert harm not in drawn


def test_a_summary_is_one_line_without_marks() -> None:
    assert to_text("# Title\n\nHello **you**\n\n- one & two") == "Title Hello you one & two"
