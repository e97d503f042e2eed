from concivis.shell import keys


def test_two_keys_are_never_the_same() -> None:
    assert keys.new() != keys.new()


def test_a_key_says_what_it_is_for() -> None:
    assert keys.new("ccv_").startswith("ccv_")


def test_a_key_opens_what_its_hash_was_kept_for() -> None:
    key = keys.new()
    assert keys.opens(key, keys.hashed(key))
    assert not keys.opens(key + "x", keys.hashed(key))


def test_nothing_opens_what_has_no_key() -> None:
    assert not keys.opens("", "")


def test_an_endless_key_is_cut_before_it_is_hashed() -> None:
    assert not keys.opens("a" * 10_000_000, keys.hashed("a" * 200))
