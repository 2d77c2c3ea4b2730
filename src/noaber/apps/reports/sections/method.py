"""How a report is made: what counts, what is estimated, what it does not say."""

from __future__ import annotations

from django.utils.translation import gettext as _

from noaber.apps.reports.facts import Content
from noaber.apps.reports.parts import Section
from noaber.web import wording
from noaber.web.pdf import Bullets


def method(content: Content) -> Section:
    seen = _(
        "The report says what %(organisation)s saw on %(moment)s, and nothing that others did not share with it. Its "
        "label is at least the strictest label of anything in it."
    ) % {
        "organisation": content.organisation,
        "moment": wording.moment_in_full(content.made_at),
    }
    items = (
        seen,
        _(
            "Whether a text covers help is computed from its fields: territories, help, hazard, force on the day. What "
            "nobody has established stays unknown; it is counted neither as covered nor as missing."
        ),
        _(
            "Neighbours are countries that share a border on land, or have one country between them, and regions and "
            "districts that touch across a border. Countries and regions touch where Natural Earth draws it so; which "
            "districts touch is general knowledge. The sea makes no neighbours."
        ),
        _(
            "People are those of populated places in the gazetteer; a place counts as reached when the first team with "
            "the capability arrives in time: approval, mobilisation and driving together. Approval times are "
            "assumptions of the organisation."
        ),
        _(
            "Estimated minutes come from the distance: 60 km/h over 1.3 times the straight line. Routed minutes come "
            "from the road network, with the roads that were closed."
        ),
        _(
            "A map shows hexagons of some 250 km²; each stands for its centre. The darker, the farther away; on the "
            "map of the gain, the darker, the more is gained."
        ),
        _("Where a map is white, no team that may go can come."),
        _("The digest at the foot names the content: two reports with the same digest say the same, in any language."),
    )
    return Section("method", _("Method"), (Bullets(items),))
