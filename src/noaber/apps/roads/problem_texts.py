"""The English sentences of the problems that this app raises, by code."""

from __future__ import annotations

from noaber.core.translatable import _

PROBLEM_TEXTS = {
    # road networks
    "network.ended": _("Building ended unexpectedly; the log of the server says more."),
    "network.not-started": _("Building could not be started: %(reason)s."),
    # building a road network on its page
    "build.runs": _("A network is being built already. Wait until it is done, or cancel it."),
    "build.over": _("This building has ended already."),
    "build.no-extract": _("Choose at least one extract to build from."),
    "extract.gone": _("“%(name)s” is no longer in the folder of extracts; reload the page."),
    "extract.name": _("“%(name)s” is no name of an extract: letters, digits, “.”, “-” or “_” and then “.osm.pbf”."),
    "extract.read": _("“%(name)s” is being read for a new network. Come back when that is done."),
    "extract.no-file": _("Choose a file to upload."),
    # closures of roads
    "road.name-form": _("Write the number of the road, a comma and two places on it: “E25, Liège - Maastricht”."),
    "road.unknown": _("No main road here is called %(road)s. Draw on the map what is closed."),
    "road.no-junction": _("%(name)s is no junction of the %(road)s that is known here. It has: %(known)s."),
    "road.no-way": _("The %(road)s does not lead from %(start)s to %(end)s without a gap. Name its parts one by one."),
    "closure.no-shape": _("There is no point, line or area in it."),
    "closure.too-many": _("It holds %(count)s closures; at most %(most)s can be taken in at once."),
    "closure.file-large": _("It is larger than %(most)s MB. Divide it, or draw what is closed more coarsely."),
    "closure.off-map": _(
        "It lies off the map, which reaches from %(west)s to %(east)s degrees east and %(south)s to %(north)s north; "
        "GeoJSON says the longitude first."
    ),
    "closure.ends-first": _("The end of the closure lies before its beginning."),
    "closure.not-owner": _("This closure belongs to another organisation, which alone opens the road again."),
    "closure.over": _("This road is open again already."),
    # boundaries
    "boundary.held": _(
        "There are boundaries of kind %(kind)s for %(country)s already; --replace puts these in their place."
    ),
    "boundary.none": _("There are no boundaries of kind %(kind)s for %(country)s."),
}
