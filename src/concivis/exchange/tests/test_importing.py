import pytest
from django.core.exceptions import ValidationError

from concivis.catalogue.models import Card, CardText
from concivis.exchange import actions
from concivis.exchange.actions import applying
from concivis.exchange.enums import BatchState
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.models import BatchEnd
from concivis.exchange.tests.atlas import (
    HAMM_BRADFORD,
    HAMM_SANTA_MONICA,
    KEIGHLEY_POIX,
    applied,
    found,
    reasons,
    sent,
    staged,
    states,
    table,
)
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import PlaceFactory
from concivis.places.models import Place, PlaceName
from concivis.twinning import actions as twinning
from concivis.twinning.drafts import EvidenceDraft
from concivis.twinning.models import Evidence, Milestone, Partnership, Side

pytestmark = pytest.mark.django_db


def test_a_place_in_a_country_that_the_gazetteer_lacks_is_rejected_before_anything_counts(atlas):
    batch = staged(table("Hamm,Germany,51.68,7.82,Ouro Novo,Brazil,-20.4,-43.5"))
    assert states(batch) == ["rejected"]
    assert "country_not_here" in reasons(batch, 2)


def links() -> set[str]:
    return {
        " – ".join(sorted(side.place.name for side in partnership.sides.all()))
        for partnership in Partnership.objects.all()
    }


# --- staging -------------------------------------------------------------------------------------------------


def test_staging_changes_nothing_that_counts(atlas):
    batch = staged(table(HAMM_BRADFORD, KEIGHLEY_POIX))
    assert (batch.state, states(batch)) == ("staged", ["new", "new"])
    assert Partnership.objects.count() == 0


def test_reciprocal_and_repeated_rows_collapse(atlas):
    swapped = "Bradford,United Kingdom,53.79,-1.75,Hamm,Germany,51.68,7.82"
    batch = staged(table(HAMM_BRADFORD, swapped, HAMM_BRADFORD))
    assert states(batch) == ["new", "repeated", "repeated"]
    assert (reasons(batch, 3), reasons(batch, 4)) == (["reciprocal"], ["repeats"])


def test_a_repeated_row_brings_the_date_that_the_first_lacks(atlas):
    batch = applied(
        b"a,country_a,b,country_b,start\nHamm,Germany,Bradford,UK,\nBradford,UK,Hamm,Germany,1976\n"
    )
    assert states(batch) == ["new", "repeated"]
    assert [milestone.when.iso for milestone in Milestone.objects.all()] == ["1976"]


def test_a_link_of_a_place_with_itself_is_rejected_with_a_sentence(atlas):
    batch = staged(table("Hamm,Germany,51.68,7.82,Hamm,Germany,51.7,7.8"))
    assert states(batch) == ["rejected"]
    assert str(batch.rows.get().said[0]) == "Both ends are the same place: Hamm."


def test_broken_rows_do_not_stop_the_others(atlas):
    batch = staged(table(HAMM_BRADFORD, ",,,,,,,", "Hamm,Germany,51,7,,,,", KEIGHLEY_POIX))
    assert states(batch) == ["new", "rejected", "rejected", "new"]


def test_a_file_that_cannot_be_read_fails_with_its_reason(atlas):
    batch = sent(b"x,y\n1,2\n")
    staged_batch = actions.stage(by=None, batch=batch)
    assert (staged_batch.state, staged_batch.failure) == (
        "failed", "Say which columns name the two places. The file has: x, y.",
    )  # fmt: skip


def test_a_person_says_what_the_columns_mean(atlas):
    batch = sent(b"x,y\nHamm,Bradford\n")
    batch = actions.remap(by=None, batch=batch, mapping={"a.name": 0, "b.name": 1})
    assert states(actions.stage(by=None, batch=batch)) == ["new"]


# --- finding -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "how", "said"),
    [
        ("Dusseldorf,Germany,51.2,6.8", "name_near", []),
        ("Reggio Emilia,Italy,44.7,10.6", "name_near", []),
        ("Halle,Germany,11.98,51.48", "name_near", ["coordinates_swapped"]),
        ("Girona,Spain,41.98,-2.82", "name_near", ["sign_lost"]),
        ("Hamm,Germany,,", "name_only", ["no_coordinates"]),
        ("Poix-du-Nord,France,12.0,3.0", "name_far", ["far_away"]),
        ("Prishtina,Serbia,42.67,21.17", "other_country", ["other_country"]),
        ("Keighly,England,53.87,-1.91", "similar_near", ["near_name"]),
        ("City of Bradford,England,53.8,-1.75", "name_near", []),
        ("Oxenhope,England,53.81,-1.95", "created", ["not_in_gazetteer"]),
        ("Keene,United States,51.8,9.9", "ambiguous", ["namesakes"]),
        ("Keene,United States,42.9,-72.3", "name_near", []),
        ("Hamm,Atlantis,51.68,7.82", "name_near", ["country_unknown"]),
        ("Nowhere,Atlantis,,", "rejected", ["country_unknown", "nothing_to_go_by"]),
        ("Reggio Province,Italy,44.7,10.6", "created", ["not_in_gazetteer"]),
    ],
)
def test_how_an_end_is_found(atlas, row, how, said):
    batch = staged(table(f"{row},Dijon,France,47.32,5.02"))
    assert found(batch, 2)[0] == how
    assert [code for code in reasons(batch, 2) if code != "end_rejected"] == said


def test_a_place_is_found_by_its_number_whatever_it_is_called(atlas):
    hamm = atlas["Hamm"]
    batch = staged(f"name1,geonames1,name2,country2\nXY,{hamm.geonames_id},Dijon,France\n".encode())
    assert found(batch, 2) == ["id", "name_only"]
    assert BatchEnd.objects.get(batch=batch, name="XY").place == hamm


def test_namesakes_are_proposed_the_likeliest_first(atlas):
    batch = staged(table("Keene,United States,51.8,9.9,Dijon,France,47.32,5.02"))
    end = BatchEnd.objects.get(batch=batch, how="ambiguous")
    assert [Place.objects.get(pk=one["place"]).population for one in end.proposals] == [23_265, 6_181]


def test_what_a_person_decides_counts_for_every_row_and_is_remembered(atlas):
    row = "Keene,United States,51.8,9.9,{},,,"
    content = table(row.format("Dijon"), row.format("Girona"))
    batch = staged(content)
    assert states(batch) == ["ambiguous", "ambiguous"]
    batch = actions.decide(by=None, end=batch.ends.get(how="ambiguous"), place=atlas["Keene"])
    assert states(batch) == ["new", "new"]
    actions.apply(by=None, batch=batch)
    assert states(staged(content)) == ["unchanged", "unchanged"]


def test_an_end_that_is_no_place_takes_its_rows_along(atlas):
    batch = staged(table("Keene,United States,51.8,9.9,Dijon,France,47.32,5.02", HAMM_BRADFORD))
    batch = actions.decide(by=None, end=batch.ends.get(how="ambiguous"), place=None)
    assert states(batch) == ["rejected", "new"]


# --- applying ------------------------------------------------------------------------------------------------


def test_applying_records_the_links_with_their_source_and_line(atlas):
    batch = applied(table(HAMM_BRADFORD, KEIGHLEY_POIX))
    assert links() == {"Bradford – Hamm", "Keighley – Poix-du-Nord"}
    assert set(Evidence.objects.values_list("source__title", "locator")) == {
        ("A list", "line 2"),
        ("A list", "line 3"),
    }
    assert RecordLine.objects.filter(action="import.applied", object_id=batch.public_id).count() == 1


def test_a_second_run_changes_nothing(atlas):
    content = table(HAMM_BRADFORD, "Oxenhope,England,53.81,-1.95,Dijon,France,47.32,5.02")
    applied(content)
    before = contents()
    again = applied(content)
    assert states(again) == ["unchanged", "unchanged"]
    assert contents() == before


def test_a_place_created_since_does_not_draw_away_what_was_found_before(atlas):
    content = table("Keighly,England,53.87,-1.91,Dijon,France,47.32,5.02")
    assert found(applied(content), 2)[0] == "similar_near"
    applied(table("Keighly,England,53.87,-1.91,Girona,Spain,41.98,2.82"))
    PlaceFactory(name="Keighly", country__code="GB", latitude=53.87, longitude=-1.91)
    again = applied(content)
    assert (states(again), found(again, 2)[0]) == (["unchanged"], "similar_near")


def test_what_was_put_aside_stays_so_until_a_person_decides(atlas):
    content = table("Keene,United States,51.8,9.9,Dijon,France,47.32,5.02")
    applied(content)
    fitting = PlaceFactory(name="Keene", country__code="US", latitude=51.8, longitude=9.9)
    batch = staged(content)
    end = batch.ends.get(how="ambiguous")
    assert (states(batch), [one["place"] for one in end.proposals]) == (["ambiguous"], [fitting.pk])


def test_another_list_adds_its_evidence(atlas):
    applied(table(HAMM_BRADFORD))
    batch = applied(table(HAMM_BRADFORD, KEIGHLEY_POIX), source_title="Another list")
    assert states(batch) == ["changed", "new"]
    assert Evidence.objects.count() == 3


def test_rows_that_name_a_new_place_alike_get_the_same_place(atlas):
    oxenhope = "Oxenhope,England,53.81,-1.95"
    batch = applied(
        table(f"{oxenhope},Dijon,France,47.32,5.02", "Girona,Spain,41.98,2.82,Oxenhope,England,53.8,-1.9")
    )
    place = Place.objects.get(name="Oxenhope")
    assert Side.objects.filter(place=place).count() == 2
    assert (place.origin, place.country_id) == ("import", "GB")
    assert place.origin_note.startswith("A list: No place of that name in United Kingdom")
    assert batch.ends.filter(made_place=True).count() == 1


def test_a_place_that_no_counted_row_names_is_not_created(atlas):
    row = "Oxenhope,England,53.81,-1.95,Keene,United States,51.8,9.9"
    applied(table(row, HAMM_BRADFORD))
    assert not Place.objects.filter(name="Oxenhope").exists()


def test_two_batches_staged_together_create_a_place_once(atlas):
    first = staged(table("Oxenhope,England,53.81,-1.95,Dijon,France,47.32,5.02"))
    second = staged(table("Oxenhope,England,53.81,-1.95,Girona,Spain,41.98,2.82"))
    actions.apply(by=None, batch=first)
    actions.apply(by=None, batch=second)
    assert Place.objects.filter(name="Oxenhope").count() == 1


def test_a_batch_is_applied_once(atlas):
    batch = staged(table(HAMM_BRADFORD))
    actions.apply(by=None, batch=batch)
    with pytest.raises(UnreadyBatch, match="applied already"):
        actions.apply(by=None, batch=batch)


def test_a_link_that_cannot_be_recorded_is_rejected_and_the_others_are_recorded(atlas, monkeypatch):
    real = twinning.record_links

    def refuses_hamm(drafts, **rest):
        if any(atlas["Hamm"].pk in draft.places for draft in drafts):
            raise ValidationError("Hamm is not at home.")
        return real(drafts, **rest)

    monkeypatch.setattr(applying.twinning, "record_links", refuses_hamm)
    batch = applied(table(KEIGHLEY_POIX, HAMM_BRADFORD, "Dijon,France,47.32,5.02,Girona,Spain,41.98,2.82"))
    assert states(batch) == ["new", "rejected", "new"]
    assert str(batch.rows.get(line=3).said[0]) == "The link could not be recorded: Hamm is not at home."
    assert links() == {"Keighley – Poix-du-Nord", "Dijon – Girona"}


def test_what_another_hub_keeps_stays_and_the_row_says_who_keeps_it(atlas):
    theirs, ours = (
        HubFactory(name="Hamm", place=atlas["Hamm"]),
        HubFactory(name="Bradford", place=atlas["Bradford"]),
    )
    applied(table(HAMM_BRADFORD), hub=theirs)
    batch = staged(table(HAMM_BRADFORD), hub=ours, source_title="Another list")
    assert states(batch) == ["unchanged"]
    assert str(batch.rows.get().said[0]) == "Hamm keeps this partnership; it stays as it is."
    actions.apply(by=None, batch=batch)
    assert Partnership.objects.get().hub == theirs


# --- undoing -------------------------------------------------------------------------------------------------


def contents() -> dict[str, list[tuple]]:
    """All that an import may touch, without what tells when."""
    return {
        "places": list(Place.objects.order_by("pk").values_list()),
        "names": list(PlaceName.objects.order_by("pk").values_list()),
        "partnerships": list(
            Partnership.objects.order_by("pk").values_list(
                "pk", "public_id", "hub", "state", "started", "ended"
            )
        ),
        "sides": list(Side.objects.order_by("pk").values_list()),
        "evidence": list(Evidence.objects.order_by("pk").values_list()),
        "milestones": list(Milestone.objects.order_by("pk").values_list()),
        "cards": list(
            Card.objects.order_by("pk").values_list("pk", "public_id", "hub", "state", "from_date")
        ),
        "texts": list(CardText.objects.order_by("title").values_list("title", "summary")),
    }


def test_undo_restores_exactly_what_was_there(atlas):
    applied(table(HAMM_BRADFORD, "Oxenhope,England,53.81,-1.95,Dijon,France,47.32,5.02"))
    before = contents()
    header = "city1,country1,lat1,lng1,city2,country2,lat2,lng2,start"
    rows = (
        f"{HAMM_BRADFORD},1976",
        f"{HAMM_SANTA_MONICA},",
        "Denholme,England,53.8,-1.89,Girona,Spain,41.98,2.82,1982",
    )
    batch = applied(table(*rows, header=header), source_title="Another list")
    assert contents() != before
    batch, outcome = actions.undo(by=None, batch=batch)
    assert contents() == before
    assert (batch.state, outcome.deleted, outcome.restored, outcome.kept) == ("undone", 2, 1, {})


def test_undo_keeps_what_others_have_built_upon(atlas):
    first = applied(table(HAMM_BRADFORD, "Oxenhope,England,53.81,-1.95,Dijon,France,47.32,5.02"))
    applied(table("Oxenhope,England,53.81,-1.95,Dijon,France,47.32,5.02"), source_title="Another list")
    _batch, outcome = actions.undo(by=None, batch=first)
    assert links() == {"Dijon – Oxenhope"}
    assert list(outcome.kept.values()) == ["Another source names it too."]
    assert Place.objects.filter(name="Oxenhope").exists()


def test_undo_keeps_a_place_that_a_hub_has_come_to_stand_on(atlas):
    batch = applied(table("Oxenhope,England,53.81,-1.95,Dijon,France,47.32,5.02"))
    HubFactory(place=Place.objects.get(name="Oxenhope"))
    actions.undo(by=None, batch=batch)
    assert links() == set()
    assert Place.objects.filter(name="Oxenhope").exists()


def test_a_batch_is_undone_once(atlas):
    batch = applied(table(HAMM_BRADFORD))
    actions.undo(by=None, batch=batch)
    with pytest.raises(UnreadyBatch, match="There is nothing to undo: this import is undone"):
        actions.undo(by=None, batch=batch)


def test_what_was_applied_cannot_be_thrown_away(atlas, files_below_a_folder_of_the_test):
    batch = applied(table(HAMM_BRADFORD))
    with pytest.raises(UnreadyBatch):
        actions.discard(by=None, batch=batch)
    assert (files_below_a_folder_of_the_test / batch.stored).exists()


def test_a_place_with_evidence_of_a_person_is_not_lost(atlas):
    """What a person records about an imported link after the import stays with the link."""
    batch = applied(table(HAMM_BRADFORD))
    partnership = Partnership.objects.get()
    source = twinning.source(title="Minutes of the council")
    Evidence.objects.create(partnership=partnership, **vars(EvidenceDraft(source=source, locator="page 3")))
    actions.undo(by=None, batch=batch)
    assert list(Evidence.objects.values_list("source__title", flat=True)) == ["Minutes of the council"]


def test_twenty_five_thousand_rows_of_all_sorts_are_told_apart(atlas):
    kinds = [
        ("Place {n},Germany,51.{n},7.1,Dijon,France,47.32,5.02", "new"),
        ("Hamm,Germany,51.68,7.82,Hamm,Germany,51.68,7.82", "rejected"),
        (",,,,,,,", "rejected"),
        ("=1+1,Germany,95,200,Dijon,France,47.32,5.02", None),
        ("Hamm,Germany,51.68,7.82,Bradford,UK,53.79,-1.75", None),
    ]
    rows = [kinds[n % 5][0].replace("{n}", str(n)) for n in range(25_000)]
    batch = staged(b"\xef\xbb\xbf" + table(*rows).replace(b"\n", b"\r\n"))
    assert batch.counts["rows"] == {"new": 5_002, "rejected": 10_000, "repeated": 9_998}
    assert batch.state == BatchState.STAGED
