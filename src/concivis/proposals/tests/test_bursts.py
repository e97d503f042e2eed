"""What counts as a burst, by numbers alone."""

from concivis.proposals.bursts import marked_hours, marked_share


def test_an_even_stream_has_no_burst():
    assert not any(marked_hours([40, 42, 38, 41, 39, 44, 40] * 10))


def test_an_hour_with_many_times_more_than_usual_is_marked():
    counts = [5, 4, 6, 5] * 6 + [80] + [5] * 3
    assert [at for at, marked in enumerate(marked_hours(counts)) if marked] == [24]


def test_a_few_signatures_after_a_quiet_night_are_no_burst():
    assert not any(marked_hours([0] * 24 + [15]))


def test_the_first_hour_of_a_proposal_may_be_a_burst():
    assert marked_hours([0] * 12 + [200])[-1]


def test_without_hours_before_nobody_knows_what_is_usual():
    assert marked_hours([200, 190]) == [False, False]


def test_a_slow_rise_is_not_marked():
    assert not any(marked_hours([20 + at // 2 for at in range(48)][24:]))


def test_a_fifth_from_one_source_is_looked_at():
    assert marked_share(300, 1000)
    assert not marked_share(150, 1000)


def test_a_handful_from_one_source_is_not():
    assert not marked_share(8, 10)
