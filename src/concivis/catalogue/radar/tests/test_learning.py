from concivis.catalogue.radar import HubWeights, ReasonKind, Tally, Verdict, learn

COUNTRY = Verdict.on([(ReasonKind.COUNTRY, 2.0)], is_confirmed=False)


def test_a_hub_that_said_nothing_weighs_as_the_house_does():
    assert {HubWeights().weight(kind) for kind in ReasonKind} == {1.0}


def test_dismissing_lowers_and_confirming_raises_the_reasons_that_spoke_for_it():
    lowered, _changes = learn([COUNTRY], HubWeights())
    raised, _changes = learn([Verdict(True, {ReasonKind.COUNTRY: 1.0})], HubWeights())
    assert lowered.weight(ReasonKind.COUNTRY) < 1 < raised.weight(ReasonKind.COUNTRY)
    assert lowered.weight(ReasonKind.THEME) == 1


def test_one_judgement_moves_little_and_many_never_silence_a_reason():
    once, _changes = learn([COUNTRY], HubWeights())
    often, _changes = learn([COUNTRY] * 10_000, HubWeights())
    assert once.weight(ReasonKind.COUNTRY) > 0.94
    assert 0.5 < often.weight(ReasonKind.COUNTRY) < 0.51


def test_a_judgement_is_shared_out_over_its_reasons():
    verdict = Verdict.on(
        [(ReasonKind.COUNTRY, 3.0), (ReasonKind.THEME, 1.0), (ReasonKind.WORDS, -2.0)], is_confirmed=True
    )
    assert verdict.shares == {ReasonKind.COUNTRY: 0.75, ReasonKind.THEME: 0.25}


def test_a_finding_without_positive_reasons_teaches_nothing():
    assert learn([Verdict.on([(ReasonKind.WORDS, -1.0)], is_confirmed=True)], HubWeights()) == (
        HubWeights(),
        [],
    )


def test_what_changed_is_listed_largest_first():
    verdicts = [Verdict(False, {ReasonKind.COUNTRY: 0.8, ReasonKind.THEME: 0.2})]
    _weights, changes = learn(verdicts, HubWeights())
    assert [(change.kind, change.before, change.dismissed) for change in changes] == [
        (ReasonKind.COUNTRY, 1.0, 0.8),
        (ReasonKind.THEME, 1.0, 0.2),
    ]
    assert all(change.after < 1 for change in changes)


def test_the_weights_given_stay_as_they_are():
    given = HubWeights({ReasonKind.COUNTRY: Tally(1, 2)})
    learn([COUNTRY], given)
    assert given.tallies == {ReasonKind.COUNTRY: Tally(1, 2)}


def test_weights_survive_a_json_column():
    weights, _changes = learn([COUNTRY], HubWeights())
    assert HubWeights.of_json(weights.as_json()) == weights
    assert HubWeights.of_json({"abolished": [1, 1]}) == HubWeights()
