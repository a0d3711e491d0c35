"""Live connectors: from a question to an open API, to answers kept as they came, to releases.

A *query* says what is wanted in our own codes. A *connector* knows one API: it cuts the query into
*parts* the API answers whole, turns a part into a *call*, and looks at what came back. A *session* makes
the calls, politely: one at a time, spaced, with patience for what may pass. Every answer is *archived*
with its hash, its day and its question before anybody reads it; what failed is archived apart. Archived
answers go to the same sources that read files.

========================  =========================================================================
:mod:`.apis`              the facts about each API (limits, keys, addresses), from ``apis.yml``
:mod:`.query`             what is wanted, and how it is cut
:mod:`.call`              one request and one answer, as values
:mod:`.address`           which addresses may be asked: none in private networks unless allowed
:mod:`.http`              one request made: redirects by hand, bounds on size and time
:mod:`.judge`             what an answer is: data, nothing, too much at once, or no answer at all
:mod:`.archive`           answers on disk, whole or not at all
:mod:`.session`           waiting, asking again, what was asked before
:mod:`.run`               a whole query: cut, asked, cut again where an answer was full
:mod:`.read`              archived answers → readings, with the day they became known
========================  =========================================================================

The connectors themselves are :mod:`.comtrade`, :mod:`.census`, :mod:`.comext`, :mod:`.comexstat`,
:mod:`.taiwan` and :mod:`.address_of` (any address).
"""
