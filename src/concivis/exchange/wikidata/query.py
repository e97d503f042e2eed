"""The query that asks Wikidata for a country's twin towns (P190), page by page."""

PAGE = 2_000  # rows; the service gives up after sixty seconds

# P297 is a country's ISO code, P17 the country, P190 the twinned body, P625 coordinates, P1082 population,
# P580/P582 start and end; P576 (dissolved) leaves out municipalities that are no more.
TEMPLATE = """\
SELECT ?a ?aLabel ?aCountry ?aPoint ?aPopulation ?b ?bLabel ?bCountry ?bPoint ?bPopulation ?start ?end WHERE {
  {
    SELECT ?a ?b ?statement WHERE {
      ?home wdt:P297 "%(country)s" .
      ?a wdt:P17 ?home ; p:P190 ?statement .
      ?statement ps:P190 ?b .
      FILTER NOT EXISTS { ?statement wikibase:rank wikibase:DeprecatedRank }
      FILTER NOT EXISTS { ?a wdt:P576 ?gone }
    }
    ORDER BY ?a ?b ?statement
    LIMIT %(limit)d OFFSET %(offset)d
  }
  OPTIONAL { ?statement pq:P580 ?start }
  OPTIONAL { ?statement pq:P582 ?end }
  OPTIONAL { ?a wdt:P625 ?aPoint }
  OPTIONAL { ?a wdt:P1082 ?aPopulation }
  OPTIONAL { ?a wdt:P17 ?aState . ?aState wdt:P297 ?aCountry }
  OPTIONAL { ?b wdt:P625 ?bPoint }
  OPTIONAL { ?b wdt:P1082 ?bPopulation }
  OPTIONAL { ?b wdt:P17 ?bState . ?bState wdt:P297 ?bCountry }
  SERVICE wikibase:label { bd:serviceParam wikibase:language "en,mul,de,fr,it,es,ro" }
}
"""


def twinning_query(country: str, page: int) -> str:
    """SPARQL for page `page` (from 0) of a country's links, by ISO 3166-1 code. Raises ValueError for another text."""
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        raise ValueError(f"{country!r} is not an ISO 3166-1 code")
    return TEMPLATE % {"country": country.upper(), "limit": PAGE, "offset": page * PAGE}
