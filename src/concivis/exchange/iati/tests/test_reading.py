from decimal import Decimal

import pytest

from concivis.exchange.errors import UnreadableFile
from concivis.exchange.iati import reading

ACTIVITY = """<iati-activity xml:lang="en" default-currency="EUR"><iati-identifier> X-1 </iati-identifier>
<reporting-org ref="X" type="10"><narrative>X</narrative></reporting-org>
<title><narrative>Wells</narrative><narrative xml:lang="fr">Puits</narrative></title>
<description><narrative>About wells.</narrative></description>
<participating-org role="4"><narrative>Committee</narrative></participating-org>
<activity-status code="2"/><activity-date type="2" iso-date="2019-01-01"><narrative>2019</narrative></activity-date>
<recipient-country code="gh"/><sector code="14030" percentage="30"/><sector code="11220" percentage="70"/>
<tag vocabulary="2" code="6"/>
<budget><period-start iso-date="2026-01-01"/><period-end iso-date="2026-12-31"/>
<value value-date="2026-01-01">50</value></budget>
<transaction><transaction-type code="3"/><transaction-date iso-date="2026-02-03"/><value>7.5</value></transaction>
</iati-activity>"""


@pytest.fixture
def file(tmp_path):
    def write(inside=ACTIVITY, version="2.03", before="", tag="iati-activities"):
        path = tmp_path / "file.xml"
        path.write_text(f'<?xml version="1.0"?>{before}<{tag} version="{version}">{inside}</{tag}>')
        return path

    return write


def read(path):
    kind, _version = reading.kind_of(path)
    return list(reading.records(path, kind))


def test_an_activity_is_read_with_all_that_we_can_hold(file):
    [activity] = read(file())
    assert activity.identifier == "X-1"
    assert activity.titles == {"en": "Wells", "fr": "Puits"}
    assert activity.dates[0].said == "2019"
    assert activity.countries == (("GH", None),)
    assert activity.purpose == "11220"
    assert activity.terms == ("sdg:sdg-06",)
    assert (activity.budget[0].amount, activity.budget[0].currency) == (Decimal(50), "EUR")
    assert activity.paid[0].amount == Decimal("7.50")


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03"])
def test_each_version_of_the_second_generation_is_read(file, version):
    assert len(read(file(version=version))) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"version": "1.05"}, "1.05"),
        ({"tag": "html"}, "begins with “html”"),
        ({"before": '<!DOCTYPE iati-activities [<!ENTITY a "b">]>'}, "document type"),
        ({"before": '<!DOCTYPE iati-activities SYSTEM "http://example.org/x.dtd">'}, "document type"),
        ({"inside": "<iati-activity>"}, "broken"),
    ],
)
def test_what_is_not_read_is_refused_with_a_sentence(file, said, told):
    with pytest.raises(UnreadableFile, match=told):
        read(file(**said))


def test_what_is_no_xml_is_refused(tmp_path):
    path = tmp_path / "file.xml"
    path.write_bytes(b"\x89PNG\r\n")
    with pytest.raises(UnreadableFile):
        read(path)


def test_a_file_with_too_many_entries_is_refused(file, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 2)
    with pytest.raises(UnreadableFile, match="Split it"):
        read(file(ACTIVITY * 3))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("activity-standard-example-annotated.xml", 1),
        ("iatipublisher-complete.xml", 2),
        ("organisation-standard-example-annotated.xml", 1),
        ("iatikit-org.xml", 1),
    ],
)
def test_the_examples_of_others_are_read(name, count, published):
    assert len(read(published / "examples" / name)) == count
