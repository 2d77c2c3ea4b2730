"""Words that end the compounds of the trade, in Dutch and German: "pomp" is what a "hoogwaterpomp" is.

Only these are cut off. Any ending would find "samenwerking" for "werken" and "Bereitstellung" for "Stelle", and half
the library for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

_DUTCH: Final = """
aggregaat akkoord arts bestrijding bijstand boot brand brandweer brigade capaciteit centrale centrum contact dienst dijk
drone eenheid gebied generator grens helikopter hulp kaart korps kosten lijst materiaal middel oefening opvang
overeenkomst overleg plan ploeg politie pomp post punt radio ramp regio stof storing stroom team transport uitval
verbinding verdrag verslag vervoer vliegtuig voertuig voorraad wagen water ziekenhuis zorg
"""
_GERMAN: Final = """
Abkommen Aggregat Arzt Aufnahme Bericht Bett Boot Brand Deich Dienst Drohne Einheit Einsatz Fahrzeug Feuerwehr Flugzeug
Funk Gebiet Grenze Gruppe Hilfe Hubschrauber Karte Klinik Kontakt Kosten Kraft Krankenhaus Lager Material Mittel Pflege
Plan Polizei Pumpe Recht Region Schutz Sperre Stab Stelle Stoff Strom Team Transport Trupp Übung Verbindung Vereinbarung
Versorgung Vertrag Vorrat Wagen Warnung Wasser Zentrale Zentrum
"""
_NO_WORDS: Final = """
aaneen achter bijeen boven buiten door onder over samen tegen terug tussen voor voort weder
auseinander bereit durch entgegen fest frei gegen hinter nach nieder sicher uber unter voran voraus vorbei weiter wider
wieder zuruck zusammen zwischen
"""

HEADS: Final[Mapping[str, Sequence[str]]] = {"nl": _DUTCH.split(), "de": _GERMAN.split()}
"""As they are written alone; their stems are compared."""
NO_WORDS: Final = frozenset(_NO_WORDS.split())
"""What stands before a word without making a compound of it, folded."""
SHORTEST_FIRST: Final = 4
"""Letters of what stands before the end: most prefixes are shorter."""
SHORTEST_HEAD: Final = 4
