from concivis.exchange.management.proposals import ProposalsCommand
from concivis.exchange.proposals.models import Platform


class Command(ProposalsCommand):
    help = "Takes over initiatives of Decidim (its CSV) as historical proposals."
    kind = Platform.DECIDIM
