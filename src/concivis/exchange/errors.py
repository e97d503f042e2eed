class UnreadableFile(ValueError):  # noqa: N818 - said to people as it is
    """The whole file cannot be read; the message is a sentence for the person who chose it."""


class UnreadyBatch(ValueError):  # noqa: N818
    """The batch is not in the state this needs; the message is a sentence for the person."""
