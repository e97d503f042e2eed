"""What people write for a country besides its CLDR names. Separated by semicolons; accents and case do not matter.

Lands without an ISO code of their own stand under the code that GeoNames files their places under: Scotland, Wales,
England and Northern Ireland under GB, Northern Cyprus under CY, Transnistria under MD, Abkhazia and South Ossetia under
GE, Artsakh (Nagorno-Karabakh) under AZ, Crimea and the occupied parts of Donbas under UA, Somaliland under SO,
Zanzibar under TZ, the Azores and Madeira under PT, the Canary Islands under ES, Kurdistan Region under IQ.
That is filing, no opinion on a border.
"""

ALIASES = {
    "AE": "UAE; Emirates; Emirate; VAE",
    "AX": "Aland; Åland Islands",
    "AZ": "Artsakh; Nagorno-Karabakh; Nagorny Karabakh; Bergkarabach; Haut-Karabagh; Republic of Artsakh",
    "BA": "Bosnia; Bosnien; Bosnie; Bosnia-Hercegovina; Bosnia and Hercegovina; Republika Srpska; BiH",
    "BN": "Brunei Darussalam",
    "BO": "Plurinational State of Bolivia",
    "BS": "The Bahamas",
    "BY": "Belorussia; Byelorussia; Weißrussland; Weissrussland; Biélorussie; Bielorussia",
    "CD": "Democratic Republic of the Congo; Democratic Republic of Congo; DR Congo; DRC; D.R. Congo; Congo, Democratic Republic of the; "
    "Congo-Kinshasa; Congo Kinshasa; Zaire; Zaïre; Demokratische Republik Kongo; DR Kongo; République démocratique du Congo; RDC; "
    "Repubblica Democratica del Congo; Republica Democrată Congo",
    "CG": "Congo; Republic of the Congo; Republic of Congo; Congo Republic; Congo, Republic of the; Congo-Brazzaville; Kongo; "
    "Republik Kongo; République du Congo; Repubblica del Congo",
    "CI": "Ivory Coast; Côte d'Ivoire; Cote d Ivoire; Elfenbeinküste; Costa d'Avorio; Coasta de Fildeș; Costa de Marfil",
    "CN": "People's Republic of China; PR China; PRC; Mainland China; Volksrepublik China; VR China; Tibet",
    "CV": "Cape Verde; Cabo Verde; Kap Verde; Kapverden; Cap-Vert; Capo Verde",
    "CY": "Northern Cyprus; North Cyprus; Turkish Republic of Northern Cyprus; TRNC; Nordzypern; Chypre du Nord; Cipro del Nord",
    "CZ": "Czech Republic; Czechia; Tschechische Republik; Tschechei; République tchèque; Repubblica Ceca; Republica Cehă; Česko",
    "DE": "Federal Republic of Germany; Bundesrepublik Deutschland; BRD; FRG; East Germany; West Germany; GDR; DDR; Prussia; Preußen",
    "ES": "Canary Islands; Kanarische Inseln; Canarias; Catalonia; Katalonien; Basque Country; Baskenland",
    "FM": "Micronesia; Federated States of Micronesia; Mikronesien",
    "FK": "Falkland Islands; Malvinas; Islas Malvinas; Falklandinseln",
    "FO": "Faroe Islands; Faeroe Islands; Faroes",
    "GB": "UK; U.K.; Great Britain; Britain; England; Scotland; Wales; Northern Ireland; Großbritannien; Grande-Bretagne; "
    "Gran Bretagna; Marea Britanie; Anglia; Inghilterra; Angleterre; Schottland; Écosse; Scozia; Scoția; Pays de Galles; "
    "Galles; Țara Galilor; Nordirland; Irlande du Nord; Irlanda del Nord; Irlanda de Nord; United Kingdom of Great Britain and Northern Ireland",
    "GE": "Georgia (country); Abkhazia; Abchasien; Abkhazie; South Ossetia; Südossetien; Grusinien",
    "GM": "The Gambia",
    "GW": "Guinea Bissau",
    "HK": "Hong Kong; Hongkong; Hong Kong SAR",
    "HR": "Republic of Croatia",
    "IE": "Republic of Ireland; Eire; Éire; Irish Republic",
    "IQ": "Kurdistan Region; Iraqi Kurdistan; Kurdistan",
    "IR": "Persia; Islamic Republic of Iran",
    "KG": "Kirgisistan; Kirghizia; Kyrgyz Republic; Kirgistan",
    "KP": "North Korea; DPRK; Democratic People's Republic of Korea; Nordkorea; Corée du Nord; Corea del Nord; Coreea de Nord",
    "KR": "South Korea; Korea; Republic of Korea; Südkorea; Corée du Sud; Corea del Sud; Coreea de Sud; Korea, Republic of",
    "LA": "Lao; Lao PDR; Lao People's Democratic Republic",
    "LY": "Libyan Arab Jamahiriya; Libyen",
    "MD": "Moldavia; Republic of Moldova; Moldawien; Moldau; Transnistria; Transdniestria; Transnistrien; Transnistrie; Gagauzia",
    "MK": "Macedonia; Republic of Macedonia; FYROM; FYR Macedonia; North Macedonia; Mazedonien; Nordmazedonien; Macédoine; "
    "Makedonien; The former Yugoslav Republic of Macedonia",
    "MM": "Burma; Birma; Birmanie; Birmania; Myanmar (Burma)",
    "MO": "Macau; Macao; Macao SAR",
    "NL": "Holland; The Netherlands; Kingdom of the Netherlands; Niederlande; Pays-Bas; Olanda; Paesi Bassi",
    "PS": "Palestine; State of Palestine; Palestinian Territories; Palestinian territory; Palestinian National Authority; "
    "Palestinian Authority; Occupied Palestinian Territory; West Bank; Gaza; Gaza Strip; Palästina; Palestina; "
    "Westjordanland; Cisjordanie; Cisgiordania; Gazastreifen",
    "PT": "Azores; Madeira; Açores; Azoren",
    "RS": "Yugoslavia; FR Yugoslavia; Serbia and Montenegro; Vojvodina",
    "RU": "Russian Federation; Russische Föderation; Soviet Union; USSR; UdSSR; Chechnya; Tatarstan",
    "RE": "Reunion; La Réunion",
    "SO": "Somaliland; Puntland",
    "SR": "Surinam",
    "ST": "São Tomé and Príncipe; Sao Tome",
    "SY": "Syrian Arab Republic; Syria; Rojava",
    "SZ": "Swaziland; Swasiland; eSwatini",
    "TL": "East Timor; Timor-Leste; Osttimor; Timor oriental; Timor Est",
    "TR": "Turkey; Türkiye; Turkiye; Türkei; Turquie; Turchia; Turcia",
    "TW": "Taiwan; Republic of China; Republic of China (Taiwan); Chinese Taipei; Formosa; Taiwan, Province of China",
    "TZ": "United Republic of Tanzania; Zanzibar; Sansibar",
    "UA": "Crimea; Krim; Crimée; Luhansk People's Republic; Donetsk People's Republic; Autonomous Republic of Crimea",
    "US": "USA; U.S.A.; U.S.; United States; United States of America; America; Vereinigte Staaten; Vereinigte Staaten von Amerika; "
    "États-Unis; États-Unis d'Amérique; Stati Uniti; Stati Uniti d'America; Statele Unite ale Americii; SUA; EUA; EE.UU.; EEUU",
    "VA": "Vatican; Holy See; Vatikan; Vaticano; Saint-Siège",
    "VN": "Viet Nam",
    "XK": "Kosovo; Republic of Kosovo; Kosova; Kosovo and Metohija",
    "EH": "Sahrawi Arab Democratic Republic; Sahrawi Republic; SADR; Western Sahara; Sahara occidental; Westsahara",
}  # fmt: skip
