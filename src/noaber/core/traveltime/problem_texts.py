"""The English sentences of the problems that this package raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    "network.not-osm": _("This is no complete OpenStreetMap extract: %(reason)s."),
    "network.no-roads": _("There is no road in it that cars may drive."),
    "network.no-part": _("No two nodes of its roads can be driven between in both directions."),
    "network.folder-taken": _("This folder holds something else; name a new one, or that of an older network."),
    "network.none": _("There is no road network in this folder; make one with “noaber network build”."),
    "network.other-version": _("This road network was built by another version; build it again."),
    "network.damaged": _("The file “%(file)s” of this road network is damaged; build the network again."),
    "network.foreign": _("This is no OpenStreetMap extract in the format .osm.pbf."),
    "network.cut-off": _("The file is cut off or damaged; fetch it again."),
    "network.no-memory": _("The memory of this machine is too small for these extracts; take fewer or smaller ones."),
    "network.no-space": _("The disk is full; make room, then build again."),
    "network.disk": _("The disk does not allow it: %(reason)s."),
}
