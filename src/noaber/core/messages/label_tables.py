"""The words for people of elements and codes of the message standards, in Dutch, French, German and English: data.

A line is `name | nl | fr | de | en`. Elements are named as in their standard; DE 2.0 is in the spelling of its second
edition. A code is found under the list it belongs to: mostly the element that holds it. Read by `labels.py`.
"""

# ruff: noqa: E501 (a line is a row of the table)

ELEMENTS = """
MessageID | Bericht | Message | Nachricht | Message
SentDateTime | Verzonden | Envoyé | Gesendet | Sent
MessageContentType | Soort bericht | Type de message | Art der Nachricht | Kind of message
MessageDescription | Toelichting | Description | Erläuterung | Description
OriginatingMessageID | Eerste bericht | Premier message | Erste Nachricht | First message
PrecedingMessageID | Antwoord op | En réponse à | Antwort auf | In answer to
IncidentInformation | Incident | Incident | Ereignis | Incident
IncidentID | Nummer | Numéro | Nummer | Number
IncidentDescription | Omschrijving | Description | Beschreibung | Description
MessageRecall | Herroept | Révoque | Widerruft | Recalls
RecallMessageID | Bericht | Message | Nachricht | Message
RecallType | Hoe | Comment | Wie | How
Funding | Kosten | Coûts | Kosten | Costs
FundCode | Regeling | Règle | Regelung | Rule
FundingInfo | Toelichting | Précisions | Erläuterung | Details
ContactInformation | Contact | Contact | Kontakt | Contact
ContactDescription | Functie | Fonction | Funktion | Function
ContactRole | Rol | Rôle | Rolle | Role
ContactLocation | Plaats | Lieu | Ort | Place
AdditionalContactInformation | Meer gegevens | Autres données | Weitere Angaben | Further details
ResponsibleParty | Verantwoordelijke | Responsable | Verantwortlich | Responsible
Radio | Radio | Radio | Funk | Radio
RadioType | Soort | Type | Art | Kind
RadioChannel | Kanaal | Canal | Kanal | Channel
ResourceInformation | Regel | Ligne | Zeile | Line
ResourceInfoElementID | Kenmerk | Référence | Kennung | Reference
ResponseInformation | Antwoord | Réponse | Antwort | Answer
PrecedingResourceInfoElementID | Op regel | À la ligne | Auf Zeile | To line
ResponseType | Antwoord | Réponse | Antwort | Answer
ReasonCode | Reden | Motif | Grund | Reason
ResponseReason | Toelichting | Explication | Begründung | Explanation
Resource | Middel | Moyen | Ressource | Resource
ResourceID | Kenmerk | Référence | Kennung | Reference
Name | Naam | Nom | Name | Name
TypeStructure | Soort | Type | Art | Type
TypeInfo | Nadere gegevens | Précisions | Nähere Angaben | Further data
Keyword | Kenmerk | Mot-clé | Stichwort | Keyword
Description | Omschrijving | Description | Beschreibung | Description
Credentials | Bevoegdheden | Habilitations | Befugnisse | Credentials
Certifications | Certificaten | Certifications | Zertifikate | Certifications
SpecialRequirements | Bijzondere eisen | Exigences particulières | Besondere Anforderungen | Special requirements
OwnershipInformation | Eigendom | Propriété | Eigentum | Ownership
Owner | Eigenaar | Propriétaire | Eigentümer | Owner
OwningJurisdiction | Bevoegd gezag | Autorité compétente | Zuständige Stelle | Jurisdiction
HomeDispatch | Meldkamer | Centre de traitement | Leitstelle | Dispatch
HomeUnit | Standplaats | Base | Standort | Base
ResourceStatus | Stand | État | Stand | Status
InventoryRefreshDateTime | Bijgewerkt | Mis à jour | Aktualisiert | Refreshed
DeploymentStatus | Inzet | Engagement | Einsatz | Deployment
Availability | Beschikbaarheid | Disponibilité | Verfügbarkeit | Availability
AssignmentInformation | Opdracht | Mission | Auftrag | Assignment
Quantity | Aantal | Quantité | Anzahl | Quantity
QuantityText | Aantal | Quantité | Anzahl | Quantity
MeasuredQuantity | Hoeveelheid | Quantité | Menge | Amount
Amount | Hoeveelheid | Quantité | Menge | Amount
UnitOfMeasure | Eenheid | Unité | Einheit | Unit
Restrictions | Beperkingen | Restrictions | Einschränkungen | Restrictions
AnticipatedFunction | Taak | Tâche prévue | Aufgabe | Task
PriceQuote | Prijsopgave | Devis | Preisangabe | Price
OrderID | Opdrachtnummer | Numéro de commande | Auftragsnummer | Order number
AssignmentInstructions | Aanwijzingen | Instructions | Anweisungen | Instructions
ModeOfTransportation | Vervoer | Transport | Transport | Transport
NavigationInstructions | Route | Itinéraire | Anfahrt | Directions
ReportingInstructions | Melden | Présentation | Meldung | Reporting
ScheduleInformation | Tijd en plaats | Date et lieu | Zeit und Ort | Time and place
ScheduleType | Wat | Objet | Was | What
DateTime | Tijd | Date et heure | Zeit | Time
Location | Plaats | Lieu | Ort | Place
LocationDescription | Plaats | Lieu | Ort | Place
Address | Adres | Adresse | Adresse | Address
TargetArea | Op de kaart | Sur la carte | Auf der Karte | On the map
ContactNumber | Telefoon | Téléphone | Telefon | Telephone
ContactNumberElement | Nummer | Numéro | Nummer | Number
ElectronicAddressIdentifier | E-mail | Courriel | E-Mail | E-mail
FreeTextLines | Teksten | Textes | Texte | Texts
ContactNumbers | Telefoonnummers | Numéros de téléphone | Telefonnummern | Telephone numbers
ElectronicAddressIdentifiers | Elektronische adressen | Adresses électroniques | Elektronische Adressen | Electronic addresses
Addresses | Adressen | Adresses | Adressen | Addresses
FreeTextAddress | Adres | Adresse | Adresse | Address
exterior | Rand | Contour extérieur | Außenrand | Outline
interior | Gat | Trou | Loch | Hole
LinearRing | Ring | Anneau | Ring | Ring
lowerCorner | Zuidwesthoek | Coin sud-ouest | Südwestecke | South-west corner
upperCorner | Noordoosthoek | Coin nord-est | Nordostecke | North-east corner
SubAdministrativeArea | Deelgebied | Subdivision | Teilgebiet | Sub-area
SubLocality | Kern | Localité | Ortsteil | Part of locality
Vehicles | Voertuigen | Véhicules | Fahrzeuge | Vehicles
Vehicle | Voertuig | Véhicule | Fahrzeug | Vehicle
Languages | Talen | Langues | Sprachen | Languages
Language | Taal | Langue | Sprache | Language
Identifiers | Kenmerken | Identifiants | Kennungen | Identifiers
Documents | Documenten | Documents | Dokumente | Documents
Document | Document | Document | Dokument | Document
Qualifications | Kwalificaties | Qualifications | Qualifikationen | Qualifications
FreeTextLine | Tekst | Texte | Text | Text
PartyName | Naam | Nom | Name | Name
PersonName | Persoon | Personne | Person | Person
OrganisationName | Organisatie | Organisation | Organisation | Organisation
NameElement | Naam | Nom | Name | Name
NameLine | Naam | Nom | Name | Name
AddressLine | Adresregel | Ligne d’adresse | Adresszeile | Address line
Country | Land | Pays | Land | Country
AdministrativeArea | Gebied | Région | Gebiet | Area
Locality | Gemeente | Commune | Gemeinde | Locality
Thoroughfare | Straat | Voie | Straße | Street
Premises | Gebouw | Bâtiment | Gebäude | Premises
PostCode | Postcode | Code postal | Postleitzahl | Postcode
Number | Nummer | Numéro | Nummer | Number
Identifier | Kenmerk | Identifiant | Kennung | Identifier
Point | Punt | Point | Punkt | Point
LineString | Lijn | Ligne | Linie | Line
Polygon | Vlak | Polygone | Fläche | Polygon
CircleByCenterPoint | Cirkel | Cercle | Kreis | Circle
Envelope | Rechthoek | Rectangle | Rechteck | Rectangle
pos | Breedte en lengte | Latitude et longitude | Breite und Länge | Latitude and longitude
posList | Breedten en lengten | Latitudes et longitudes | Breiten und Längen | Latitudes and longitudes
radius | Straal | Rayon | Radius | Radius
distributionID | Verzending | Envoi | Sendung | Distribution
senderID | Afzender | Expéditeur | Absender | Sender
dateTimeSent | Verzonden | Envoyé | Gesendet | Sent
dateTimeExpires | Geldig tot | Valable jusqu’au | Gültig bis | Valid until
distributionStatus | Status | Statut | Status | Status
distributionType | Soort | Type | Art | Kind
distributionKind | Soort | Type | Art | Kind
combinedConfidentiality | Vertrouwelijkheid | Confidentialité | Vertraulichkeit | Confidentiality
confidentiality | Vertrouwelijkheid | Confidentialité | Vertraulichkeit | Confidentiality
language | Taal | Langue | Sprache | Language
senderRole | Rol van de afzender | Rôle de l’expéditeur | Rolle des Absenders | Role of the sender
recipientRole | Rol van de ontvanger | Rôle du destinataire | Rolle des Empfängers | Role of the recipient
keyword | Kenmerk | Mot-clé | Stichwort | Keyword
contentKeyword | Kenmerk van de inhoud | Mot-clé du contenu | Stichwort zum Inhalt | Keyword of the content
distributionReference | Verwijst naar | Se réfère à | Bezieht sich auf | Refers to
explicitAddress | Ontvangers | Destinataires | Empfänger | Recipients
explicitAddressScheme | Adressoort | Type d’adresse | Art der Adresse | Kind of address
explicitAddressValue | Ontvanger | Destinataire | Empfänger | Recipient
targetArea | Gebied | Zone | Gebiet | Area
subdivision | Deelgebied | Subdivision | Teilgebiet | Subdivision
locCodeUN | Plaatscode | Code de lieu | Ortscode | Location code
contentObject | Inhoud | Contenu | Inhalt | Content
contentDescription | Omschrijving | Description | Beschreibung | Description
incidentID | Incident | Incident | Ereignis | Incident
incidentDescription | Omschrijving van het incident | Description de l’incident | Beschreibung des Ereignisses | Incident description
originatorRole | Rol van de opsteller | Rôle de l’auteur | Rolle des Verfassers | Role of the originator
consumerRole | Rol van de gebruiker | Rôle de l’utilisateur | Rolle des Nutzers | Role of the consumer
descriptor | Beschrijving | Description | Beschreibung | Description
content | Inhoud | Contenu | Inhalt | Content
xmlContent | Bericht | Message | Nachricht | Message
contentXML | Bericht | Message | Nachricht | Message
embeddedXMLContent | Bericht | Message | Nachricht | Message
keyXMLContent | Sleutelgegevens | Données clés | Schlüsseldaten | Key data
nonXMLContent | Bestand | Fichier | Datei | File
contentData | Gegevens | Données | Daten | Data
identifier | Bericht | Message | Nachricht | Message
sender | Afzender | Expéditeur | Absender | Sender
sent | Verzonden | Envoyé | Gesendet | Sent
status | Status | Statut | Status | Status
msgType | Soort bericht | Type de message | Art der Nachricht | Kind of message
source | Bron | Source | Quelle | Source
scope | Bedoeld voor | Portée | Bestimmt für | Scope
restriction | Beperking | Restriction | Einschränkung | Restriction
addresses | Ontvangers | Destinataires | Empfänger | Recipients
code | Code | Code | Code | Code
note | Opmerking | Remarque | Hinweis | Note
references | Verwijst naar | Se réfère à | Bezieht sich auf | Refers to
incidents | Incidenten | Incidents | Ereignisse | Incidents
info | Waarschuwing | Avis | Warnung | Warning
category | Categorie | Catégorie | Kategorie | Category
event | Gebeurtenis | Événement | Ereignis | Event
responseType | Wat te doen | Conduite à tenir | Verhalten | What to do
urgency | Dringendheid | Urgence | Dringlichkeit | Urgency
severity | Ernst | Gravité | Schwere | Severity
certainty | Zekerheid | Certitude | Gewissheit | Certainty
audience | Doelgroep | Public visé | Zielgruppe | Audience
eventCode | Gebeurteniscode | Code d’événement | Ereigniscode | Event code
effective | Van kracht | Entrée en vigueur | In Kraft | Effective
onset | Begin | Début | Beginn | Onset
expires | Geldig tot | Valable jusqu’au | Gültig bis | Expires
senderName | Namens | Au nom de | Im Namen von | Sender name
headline | Kop | Titre | Überschrift | Headline
description | Omschrijving | Description | Beschreibung | Description
instruction | Advies | Consigne | Anweisung | Instruction
web | Meer informatie | Plus d’informations | Mehr Informationen | More information
contact | Contact | Contact | Kontakt | Contact
parameter | Gegeven | Paramètre | Angabe | Parameter
resource | Bijlage | Pièce jointe | Anlage | Attachment
resourceDesc | Omschrijving | Description | Beschreibung | Description
mimeType | Bestandssoort | Type de fichier | Dateityp | File type
size | Grootte in bytes | Taille en octets | Größe in Byte | Size in bytes
uri | Adres | Adresse | Adresse | Address
derefUri | Ingesloten bestand | Fichier inclus | Enthaltene Datei | Enclosed file
digest | Controlegetal | Empreinte | Prüfsumme | Digest
area | Gebied | Zone | Gebiet | Area
areaDesc | Gebied | Zone | Gebiet | Area
polygon | Vlak | Polygone | Fläche | Polygon
circle | Cirkel | Cercle | Kreis | Circle
geocode | Gebiedscode | Code de zone | Gebietscode | Area code
altitude | Hoogte in voet | Altitude en pieds | Höhe in Fuß | Altitude in feet
ceiling | Bovengrens in voet | Plafond en pieds | Obergrenze in Fuß | Ceiling in feet
Signature | Handtekening | Signature | Signatur | Signature
country | Land | Pays | Land | Country
"""

LISTS = """
urn:noaber:line:subject-id | Betreft aanbod | Concerne l’offre | Betrifft Angebot | About the offer
urn:noaber:line:need-id | Behoefte | Besoin | Bedarf | Need
urn:noaber:line:priority | Prioriteit | Priorité | Priorität | Priority
urn:noaber:line:within-minutes | Nodig binnen (minuten) | Requis dans (minutes) | Benötigt binnen (Minuten) | Needed within (minutes)
urn:noaber:line:latest-minutes | Uiterlijk na (minuten) | Au plus tard après (minutes) | Spätestens nach (Minuten) | At the latest after (minutes)
urn:noaber:line:useless-after | Zinloos na | Sans utilité après | Zwecklos nach | Useless after
urn:noaber:line:risk-checked | Eigen risico nagegaan | Risque propre vérifié | Eigenes Risiko geprüft | Own risk checked
urn:noaber:line:planned-units | Gedacht aan | Pensé à | Gedacht an | The plan thought of
urn:noaber:line:knowing | Wetens | En connaissance de cause | In Kenntnis | Knowingly
urn:noaber:line:knowing-reason | Waarom toch | Pourquoi malgré tout | Warum dennoch | Why all the same
urn:noaber:line:handover | Overdracht | Transmission | Übergabe | Handover
urn:noaber:certificate:kind-of-help | Soort hulp | Nature de l’aide | Art der Hilfe | Kind of help
urn:noaber:certificate:kind-of-unit | Soort eenheid | Nature de l’unité | Art der Einheit | Kind of unit
urn:noaber:certificate:leader | Leider | Chef | Leiter | Leader
urn:noaber:certificate:head-count | Aantal personen | Nombre de personnes | Zahl der Personen | Number of people
urn:noaber:certificate:vehicles | Voertuigen | Véhicules | Fahrzeuge | Vehicles
urn:noaber:certificate:crossing-point | Grensovergang | Point de passage | Grenzübergang | Crossing point
urn:noaber:certificate:route | Route | Itinéraire | Route | Route
urn:noaber:certificate:goods | Meegevoerd | Matériel emporté | Mitgeführtes | Goods
urn:noaber:envelope:channel | Kanaal | Canal | Kanal | Channel
urn:noaber:envelope:on-behalf-of | Namens | Au nom de | Im Namen von | On behalf of
urn:noaber:envelope:said-at | Gezegd om | Dit à | Gesagt um | Said at
urn:noaber:envelope:said-by | Gezegd door | Dit par | Gesagt von | Said by
urn:noaber:envelope:case-id | Zaak | Dossier | Vorgang | Case
urn:noaber:envelope:agreement | Grondslag | Base juridique | Rechtsgrundlage | Agreement
urn:noaber:envelope:answer-due-at | Antwoord uiterlijk | Réponse attendue | Antwort bis | Answer due
urn:noaber:envelope:originating-message-id | Eerste bericht | Premier message | Erste Nachricht | First message
urn:noaber:envelope:description | Toelichting | Description | Erläuterung | Description
urn:noaber:envelope:incident-id | Incident | Incident | Ereignis | Incident
urn:noaber:envelope:incident-description | Omschrijving van het incident | Description de l’incident | Beschreibung des Ereignisses | Incident description
urn:noaber:message-type | Soort bericht | Type de message | Art der Nachricht | Kind of message
urn:noaber:language | Taal van een tekst | Langue d’un texte | Sprache eines Textes | Language of a text
urn:noaber:signature:ed25519 | Handtekening (sleutel, waarde) | Signature (clé, valeur) | Signatur (Schlüssel, Wert) | Signature (key, value)
urn:noaber:actor | Functie | Fonction | Funktion | Function
"""

CODES = """
[status]
Actual | Echt | Réel | Echt | Actual
Exercise | Oefening | Exercice | Übung | Exercise
System | Systeem | Système | System | System
Test | Test | Test | Test | Test
Draft | Concept | Projet | Entwurf | Draft
Unknown | Onbekend | Inconnu | Unbekannt | Unknown
NoAppropriateDefault | Anders | Autre | Sonstiges | Other
[kind]
Report | Melding | Rapport | Meldung | Report
Update | Bijwerking | Mise à jour | Aktualisierung | Update
Cancel | Intrekking | Annulation | Aufhebung | Cancellation
Request | Verzoek | Demande | Ersuchen | Request
Response | Antwoord | Réponse | Antwort | Response
Dispatch | Inzet | Engagement | Entsendung | Dispatch
Ack | Ontvangstbevestiging | Accusé de réception | Empfangsbestätigung | Acknowledgement
Error | Fout | Erreur | Fehler | Error
SensorConfiguration | Sensorinstelling | Configuration de capteur | Sensoreinstellung | Sensor configuration
SensorControl | Sensorbesturing | Commande de capteur | Sensorsteuerung | Sensor control
SensorStatus | Sensortoestand | État de capteur | Sensorzustand | Sensor status
SensorDetection | Sensorwaarneming | Détection de capteur | Sensormeldung | Sensor detection
Alert | Waarschuwing | Alerte | Warnung | Alert
Unknown | Onbekend | Inconnu | Unbekannt | Unknown
NoAppropriateDefault | Anders | Autre | Sonstiges | Other
[scope]
Public | Iedereen | Public | Öffentlichkeit | Public
Restricted | Beperkte kring | Diffusion restreinte | Eingeschränkter Kreis | Restricted
Private | Genoemde ontvangers | Destinataires désignés | Genannte Empfänger | Private
[category]
Geo | Geofysisch | Géophysique | Geophysikalisch | Geophysical
Met | Weer, overstroming | Météo, inondation | Wetter, Hochwasser | Meteorological
Safety | Algemene veiligheid | Sécurité générale | Allgemeine Sicherheit | General safety
Security | Openbare orde en veiligheid | Sûreté publique | Innere Sicherheit | Security
Rescue | Redding | Sauvetage | Rettung | Rescue
Fire | Brand | Incendie | Brand | Fire
Health | Gezondheid | Santé | Gesundheit | Health
Env | Milieu | Environnement | Umwelt | Environment
Transport | Verkeer en vervoer | Transports | Verkehr | Transport
Infra | Voorzieningen | Infrastructures | Infrastruktur | Infrastructure
CBRNE | CBRNE | NRBCe | CBRNE | CBRNE
Other | Anders | Autre | Sonstiges | Other
[responseType]
Shelter | Schuil | S’abriter | Schutz suchen | Shelter
Evacuate | Verlaat het gebied | Évacuer | Gebiet verlassen | Evacuate
Prepare | Bereid u voor | Se préparer | Vorbereiten | Prepare
Execute | Voer het plan uit | Appliquer le plan | Plan ausführen | Execute
Avoid | Mijd het gebied | Éviter la zone | Gebiet meiden | Avoid
Monitor | Volg het nieuws | Suivre la situation | Lage verfolgen | Monitor
Assess | Beoordeel | Évaluer | Beurteilen | Assess
AllClear | Alles veilig | Fin d’alerte | Entwarnung | All clear
None | Niets | Rien | Nichts | None
[urgency]
Immediate | Onmiddellijk | Immédiate | Sofort | Immediate
Expected | Binnenkort | Prévue | Bald | Expected
Future | Later | Future | Später | Future
Past | Voorbij | Passée | Vorbei | Past
Unknown | Onbekend | Inconnue | Unbekannt | Unknown
[severity]
Extreme | Extreem | Extrême | Extrem | Extreme
Severe | Ernstig | Grave | Schwer | Severe
Moderate | Matig | Modérée | Mäßig | Moderate
Minor | Gering | Mineure | Gering | Minor
Unknown | Onbekend | Inconnue | Unbekannt | Unknown
[certainty]
Observed | Waargenomen | Observé | Beobachtet | Observed
Likely | Waarschijnlijk | Probable | Wahrscheinlich | Likely
Possible | Mogelijk | Possible | Möglich | Possible
Unlikely | Onwaarschijnlijk | Peu probable | Unwahrscheinlich | Unlikely
Unknown | Onbekend | Inconnue | Unbekannt | Unknown
[message]
RequestResource | Bijstandsaanvraag | Demande d’assistance | Hilfeersuchen | Request for assistance
ResponseToRequestResource | Antwoord op een bijstandsaanvraag | Réponse à une demande d’assistance | Antwort auf ein Hilfeersuchen | Answer to a request for assistance
RequisitionResource | Afroep van een aanbod | Commande d’une offre | Abruf eines Angebots | Requisition of an offer
CommitResource | Toezegging | Engagement de moyens | Zusage | Commitment
RequestInformation | Vraag om informatie | Demande d’information | Bitte um Auskunft | Request for information
ResponseToRequestInformation | Antwoord op een vraag | Réponse à une demande d’information | Auskunft | Answer to a request for information
OfferUnsolicitedResource | Ongevraagd aanbod | Offre spontanée | Unaufgefordertes Angebot | Unsolicited offer
ReleaseResource | Vrijgave | Libération | Entlassung aus dem Einsatz | Release
RequestReturn | Verzoek om terugkeer | Demande de retour | Rückforderung | Request for return
ResponseToRequestReturn | Antwoord op een verzoek om terugkeer | Réponse à une demande de retour | Antwort auf eine Rückforderung | Answer to a request for return
RequestQuote | Prijsaanvraag | Demande de prix | Preisanfrage | Request for a price
ResponseToRequestQuote | Prijsopgave | Devis | Preisangabe | Price quote
RequestResourceDeploymentStatus | Vraag naar de stand van de inzet | Demande d’état de l’engagement | Anfrage zum Stand des Einsatzes | Request for deployment status
ReportResourceDeploymentStatus | Stand van de inzet | État de l’engagement | Stand des Einsatzes | Deployment status
RequestExtendedDeploymentDuration | Verzoek om verlenging | Demande de prolongation | Bitte um Verlängerung | Request for extension
ResponseToRequestExtendedDeploymentDuration | Antwoord op een verzoek om verlenging | Réponse à une demande de prolongation | Antwort auf eine Bitte um Verlängerung | Answer to a request for extension
Acknowledgement | Ontvangstbevestiging | Accusé de réception | Empfangsbestätigung | Acknowledgement
OfferRejection | Afwijzing van een aanbod | Refus d’une offre | Ablehnung eines Angebots | Rejection of an offer
RequestClosure | Sluiting van een aanvraag | Clôture d’une demande | Abschluss eines Ersuchens | Closing of a request
[ResponseType]
Accept | Ja | Oui | Ja | Yes
Decline | Nee | Non | Nein | No
Provisional | Onder voorbehoud | Sous réserve | Unter Vorbehalt | Provisional
[RecallType]
Update | Vervangt het | Le remplace | Ersetzt sie | Replaces it
Cancel | Trekt het in | L’annule | Hebt sie auf | Cancels it
[ContactRole]
Sender | Afzender | Expéditeur | Absender | Sender
Requester | Aanvrager | Demandeur | Anforderer | Requester
SubjectMatterExpert | Deskundige | Expert | Fachkundiger | Subject matter expert
Approver | Ondertekenaar | Approbateur | Genehmiger | Approver
RespondingOrg | Antwoordende organisatie | Organisation répondante | Antwortende Organisation | Responding organisation
Owner | Eigenaar | Propriétaire | Eigentümer | Owner
[ScheduleType]
RequestedArrival | Gevraagde aankomst | Arrivée demandée | Gewünschte Ankunft | Requested arrival
EstimatedArrival | Verwachte aankomst | Arrivée estimée | Voraussichtliche Ankunft | Estimated arrival
ActualArrival | Aankomst | Arrivée effective | Ankunft | Actual arrival
RequestedDeparture | Gevraagd vertrek | Départ demandé | Gewünschte Abfahrt | Requested departure
EstimatedDeparture | Verwacht vertrek | Départ estimé | Voraussichtliche Abfahrt | Estimated departure
ActualDeparture | Vertrek | Départ effectif | Abfahrt | Actual departure
RequestedReturnDeparture | Gevraagd vertrek naar huis | Départ de retour demandé | Gewünschte Rückfahrt | Requested return departure
EstimatedReturnDeparture | Verwacht vertrek naar huis | Départ de retour estimé | Voraussichtliche Rückfahrt | Estimated return departure
ActualReturnDeparture | Vertrek naar huis | Départ de retour effectif | Rückfahrt | Actual return departure
RequestedReturnArrival | Gevraagde thuiskomst | Retour demandé | Gewünschte Rückkehr | Requested return arrival
EstimatedReturnArrival | Verwachte thuiskomst | Retour estimé | Voraussichtliche Rückkehr | Estimated return arrival
ActualReturnArrival | Thuiskomst | Retour effectif | Rückkehr | Actual return arrival
BeginAvailable | Beschikbaar vanaf | Disponible à partir de | Verfügbar ab | Available from
EndAvailable | Beschikbaar tot | Disponible jusqu’à | Verfügbar bis | Available until
Committed | Toegezegd | Engagé | Zugesagt | Committed
Current | Nu | Actuellement | Derzeit | Current
ReportTo | Melden bij | Se présenter à | Melden bei | Report to
Route | Route | Itinéraire | Route | Route
[urn:noaber:deployment-status]
COMMITTED | Toegezegd | Engagé | Zugesagt | Committed
MOBILISING | Maakt zich gereed | En mobilisation | Macht sich bereit | Mobilising
EN_ROUTE | Onderweg | En route | Unterwegs | En route
AT_BORDER | Aan de grens | À la frontière | An der Grenze | At the border
ARRIVED | Aangekomen | Arrivé | Angekommen | Arrived
OPERATIONAL | Aan het werk | Opérationnel | Im Einsatz | Operational
RECALLED | Teruggeroepen | Rappelé | Zurückgerufen | Recalled
RELEASED | Vrijgegeven | Libéré | Entlassen | Released
RETURNING | Op de terugweg | Sur le retour | Auf dem Rückweg | Returning
RETURNED | Terug | Rentré | Zurück | Returned
[FundCode]
free | Kosteloos | Gratuit | Kostenfrei | Free of charge
reimbursed | Vergoed | Remboursé | Erstattet | Reimbursed
partly | Deels vergoed | Partiellement remboursé | Teilweise erstattet | Partly reimbursed
by-arrangement | Naar afspraak | Selon accord | Nach Vereinbarung | By arrangement
unknown | Onbekend | Inconnu | Unbekannt | Unknown
[urn:noaber:line:priority]
1 | 1 (levens) | 1 (vies) | 1 (Leben) | 1 (life)
[urn:noaber:line:knowing]
more-than-asked | Meer dan gevraagd | Plus que demandé | Mehr als angefordert | More than asked for
kept-at-home | De eigenaar houdt het thuis | Le propriétaire le garde chez lui | Der Eigentümer behält es zu Hause | Kept at home by its owner
own-incident | De eigenaar is zelf getroffen | Le propriétaire est touché lui-même | Der Eigentümer ist selbst betroffen | Its owner is hit itself
reserved | Gereserveerd | Réservé | Reserviert | Reserved
not-able | Niet met dit vermogen geregistreerd | Non enregistré avec cette capacité | Nicht mit dieser Fähigkeit erfasst | Not recorded with this capability
late | Later dan gevraagd | Plus tard que demandé | Später als angefordert | Later than asked for
of-no-use | Na het laatste nuttige moment | Après le dernier moment utile | Nach dem letzten nützlichen Zeitpunkt | After it is of use
[flag]
true | ja | oui | ja | yes
false | nee | non | nein | no
[urn:noaber:envelope:channel]
noaber | Noaber | Noaber | Noaber | Noaber
phone | telefoon | téléphone | Telefon | telephone
mail | e-mail | courriel | E-Mail | e-mail
paper | papier | papier | Papier | paper
[urn:noaber:unit]
team | teams | équipes | Teams | teams
[language]
nl | Nederlands | néerlandais | Niederländisch | Dutch
fr | Frans | français | Französisch | French
de | Duits | allemand | Deutsch | German
en | Engels | anglais | Englisch | English
[standard]
alert | Waarschuwing | Alerte | Warnung | Alert
distribution | Verzending | Envoi | Sendung | Distribution
invalid | Dit bericht is niet geldig | Ce message n’est pas valable | Diese Nachricht ist nicht gültig | This message is not valid
line | regel | ligne | Zeile | line
"""
