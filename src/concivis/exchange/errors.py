class UnreadableFile(ValueError):
    """The whole file cannot be read; the message is a sentence for the person who chose it."""


class UnreadyBatch(ValueError):
    """The batch is not in the state this needs; the message is a sentence for the person."""
