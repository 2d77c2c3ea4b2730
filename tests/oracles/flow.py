"""What the flow allows, written out plainly from the domain notes and from nothing of the program.

A line is: the thing and the states it may be in, who acts, what they do, and the state that follows. Whatever is
not here is forbidden.
"""

from __future__ import annotations

ALLOWED = """
request  SENT                                                | supplier | acknowledge        | ACKNOWLEDGED
request  SENT ACKNOWLEDGED PARTLY_COVERED COVERED EXPIRED    | consumer | cancel             | CANCELLED
request  SENT ACKNOWLEDGED PARTLY_COVERED COVERED EXPIRED    | consumer | update             | SUPERSEDED
request  PARTLY_COVERED COVERED EXPIRED                      | consumer | close              | CLOSED

line     SENT ACKNOWLEDGED PARTLY_COVERED COVERED            | supplier | offer              | OFFERED
line     SENT ACKNOWLEDGED PARTLY_COVERED COVERED            | supplier | offer provisionally | PROVISIONAL
line     SENT ACKNOWLEDGED PARTLY_COVERED                    | supplier | decline            | DECLINED

offer    PROVISIONAL                                         | supplier | confirm            | OFFERED
offer    PROVISIONAL                                         | supplier | decline after all  | DECLINED
offer    PROVISIONAL OFFERED ACCEPTED                        | supplier | withdraw           | WITHDRAWN
offer    OFFERED                                             | consumer | reject             | REJECTED
offer    OFFERED                                             | consumer | order              | ACCEPTED
offer    ACCEPTED                                            | supplier | commit             | COMMITTED
offer    ACCEPTED                                            | supplier | refuse to commit   | DECLINED
offer    ACCEPTED                                            | supplier | commit perhaps     | ACCEPTED

teams    COMMITTED                                           | supplier | report MOBILISING  | MOBILISING
teams    MOBILISING                                          | supplier | report EN_ROUTE    | EN_ROUTE
teams    EN_ROUTE                                            | supplier | report AT_BORDER   | AT_BORDER
teams    EN_ROUTE AT_BORDER                                  | supplier | report ARRIVED     | ARRIVED
teams    EN_ROUTE AT_BORDER                                  | consumer | report ARRIVED     | ARRIVED
teams    ARRIVED                                             | consumer | report OPERATIONAL | OPERATIONAL
teams    OPERATIONAL RETURN_ASKED                            | consumer | ask extension      | same
teams    EXTENSION_ASKED                                     | supplier | grant extension    | same
teams    EXTENSION_ASKED                                     | supplier | refuse extension   | same
teams    OPERATIONAL EXTENSION_ASKED                         | supplier | ask return         | same
teams    RETURN_ASKED                                        | consumer | grant return       | RELEASED
teams    RETURN_ASKED                                        | consumer | refuse return      | same
teams    COMMITTED MOBILISING EN_ROUTE AT_BORDER ARRIVED OPERATIONAL EXTENSION_ASKED RETURN_ASKED | supplier | recall | RECALLED
teams    COMMITTED MOBILISING EN_ROUTE AT_BORDER ARRIVED OPERATIONAL EXTENSION_ASKED RETURN_ASKED | supplier | report RECALLED | RECALLED
teams    OPERATIONAL EXTENSION_ASKED RETURN_ASKED            | consumer | release            | RELEASED
teams    RECALLED RELEASED                                   | supplier | report RETURNING   | RETURNING
teams    RETURNING                                           | supplier | report RETURNED    | RETURNED
"""  # noqa: E501


def read_allowed() -> dict[tuple[str, str, str, str], str]:
    """The state that follows, by thing, state, actor and act."""
    after = {}
    for row in filter(None, ALLOWED.splitlines()):
        head, actor, act, target = (cell.strip() for cell in row.split("|"))
        thing, *states = head.split()
        for state in states:
            after[thing, state, actor, act] = target
    return after
