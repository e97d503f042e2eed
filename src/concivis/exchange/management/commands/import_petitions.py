from concivis.exchange.management.proposals import ProposalsCommand
from concivis.exchange.proposals.models import Platform


class Command(ProposalsCommand):
    help = "Takes over petitions (JSON as the UK Parliament publishes it, a list or one) as historical proposals."
    kind = Platform.PETITIONS
