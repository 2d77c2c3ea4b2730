"""The structure of OASIS CIQ names, addresses and parties (xNL, xAL, xPIL) as EDXL-RM 1.0 uses them.

Read from the schema files that come with EDXL-RM. Texts are white-space-collapsed strings without further rules, so
most attributes are any text.
"""

from __future__ import annotations

from noaber.core.messages import datatypes
from noaber.core.messages.datatypes import SimpleType, one_of
from noaber.core.messages.schema import Attribute, ComplexType
from noaber.core.messages.schema_notation import Notation
from noaber.core.messages.vocabulary import CIQ_TYPES, CIQ_XLINK, XAL, XNL, XPIL

_PREFIXES = {"ct": CIQ_TYPES, "xlink1": CIQ_XLINK, "xal": XAL, "xnl": XNL, "xpil": XPIL}
_GROUPS = {
    "quality": "@ct:DataQualityType/quality @ct:ValidFrom/dateTime @ct:ValidTo/dateTime",
    "validity": "@ct:DateValidFrom/dateTime @ct:DateValidTo/dateTime",
    "abbreviation": "@ct:Abbreviation/boolean",
    "language": "@ct:LanguageCode/language",
    "link": "@xlink1:type/linkType @xlink1:label/NCName @xlink1:href/anyURI",
    "other": "@@##other",
    "strict": "@@##other/strict",
}

_LISTS = """
quality := string Valid Invalid
linkType := string simple extended locator arc resource title
"""

_XNL = """
personElement := line PrecedingTitle Title FirstName MiddleName LastName OtherName Alias GenerationIdentifier Degree
organisationElement := line NameOnly TypeOnly FullName
personNameType := line Alias LegalName KnownAs MaidenName FormerName CommonUse NameAtBirth PreferredName OfficialName
    UnofficialName NickName PetName
organisationNameType := line LegalName FormerName CommonUse PublishingName OfficialName UnofficialName Undefined
subDivision := line Department Division Branch BusinessUnit School Section
xnl.PartyName = xnl:NameLine:xnl.Line* xnl:PersonName:xnl.PersonName* xnl:OrganisationName:xnl.OrganisationName*
    @PartyNameID @PartyNameIDType @ID @Usage @Status @JointNameConnector @NameKey @NameKeyRef
    &validity &link &quality &language &other
xnl.PersonName = NameElement:xnl.PersonElement*
    @Type/personNameType @PersonID @PersonIDType @ID @Usage @Status @NameKey @NameKeyRef &validity &link &quality
    &language &other
xnl.OrganisationName = NameElement:xnl.OrganisationElement* SubDivisionName:xnl.SubDivision*
    @Type/organisationNameType @OrganisationID @OrganisationIDType @ID @Usage @Status @NameKey @NameKeyRef
    &validity &link &quality &language &other
xnl.Line = <token> @Type &abbreviation &quality &other
xnl.PersonElement = <token> @ElementType/personElement &abbreviation &other
xnl.OrganisationElement = <token> @ElementType/organisationElement &abbreviation &other
xnl.SubDivision = <token> @Type/subDivision &abbreviation &other
"""

_XAL = """
addressType := line Airport Business CaravanPark CommercialPark CommunityDevelopment EducationalInstitution
    Entertainment Hospital Location Marina MilitaryBase OverseasMilitary Port Primary RecreationalPark Resort
    RetirementVillage Rural Secondary ShoppingCentre SportingCentre Urban
addressUsage := line Business Billing Communication Contact Mailing Personal Postal Residential
areaType := line City State Territory Province
areaName := line Name Number ReferenceLocation Type
countryName := line Name Type
direction := line East West North South
identifierElement := line Name RangeFrom Range RangeTo Prefix Suffix Number Separator Extension
localityType := line Municipality PostTown Place Suburb Town Village Area Zone
deliveryPoint := line GPOBox POBox LockedBag MailStop PigeonHole PrivateBag
premisesElement := line Name Location SubPremisesConnector InternalThoroughfare ReferenceLocation Type
premisesType := line Airport Area Building Farm Hospital House LandMark LargeMailUser Lot RailwayStation
    ShoppingComplex University Unit
subAreaType := line County District Province Region
subLocalityType := line Municipality Village
subPremisesType := line Room Suite Apartment Shop Office Unit
thoroughfareName := line NameOnly PreDirection PostDirection NameAndNumber NameAndType NameNumberAndType Unstructured
    SubThoroughfareConnector ReferenceLocation Type
xal.Address = FreeTextAddress:xal.FreeText? Country:xal.Country? AdministrativeArea:xal.AdministrativeArea?
    Locality:xal.Locality? Thoroughfare:xal.Thoroughfare? Premises:xal.Premises? PostCode:xal.PostCode?
    RuralDelivery:xal.TypedIdentifiers? PostalDeliveryPoint:xal.DeliveryPoint? PostOffice:xal.TypedIdentifiers?
    GeoRSS:xal.GeoRss? LocationByCoordinates:xal.Coordinates?
    @Type/addressType @AddressID @AddressIDType @ID @Usage/addressUsage @DeliveryMode @Status @AddressKey
    @AddressKeyRef &validity &link &quality &language &other
xal.FreeText = AddressLine:xal.Line+ &quality &other
xal.Line = <token> @Type &quality &strict
xal.Country = NameElement:xal.CountryName+ &other
xpil.Country = NameElement:xal.CountryName+ @xpil:Type @xpil:Status &validity &other
xal.CountryName = <token> @NameType/countryName @NameCode @NameCodeType &abbreviation &other
xal.AreaName = <token> @NameType/areaName @NameCode @NameCodeType &abbreviation &other
xal.PremisesName = <token> @NameType/premisesElement &abbreviation &other
xal.ThoroughfareName = <token> @NameType/thoroughfareName &abbreviation &other
xal.Identifier = <token> @Type/identifierElement &abbreviation &other
xal.AdministrativeArea = NameElement:xal.AreaName+ SubAdministrativeArea:xal.SubArea? @Type/areaType &quality &other
xal.SubArea = NameElement:xal.AreaName+ @Type/subAreaType &quality &other
xal.Locality = NameElement:xal.AreaName+ SubLocality:xal.SubLocality? @Type/localityType &quality &other
xal.SubLocality = NameElement:xal.AreaName+ @Type/subLocalityType &quality &other
xal.Thoroughfare = ( NameElement:xal.ThoroughfareName | Number:xal.Identifier )+
    SubThoroughfare:xal.SubThoroughfare{0,5} @Type @TypeCode &quality &other
xal.SubThoroughfare = ( NameElement:xal.ThoroughfareName | Number:xal.Identifier )+ @Type @TypeCode &quality &other
xal.Premises = ( NameElement:xal.PremisesName | Number:xal.Identifier )+ SubPremises:xal.SubPremises*
    @Type/premisesType @TypeCode &other
xal.SubPremises = ( NameElement:xal.PremisesName | Number:xal.Identifier )+ @Type/subPremisesType @TypeCode &other
xal.PostCode = Identifier:xal.Identifier+ &quality &other
xal.TypedIdentifiers = Identifier:xal.Identifier+ @Type &quality &other
xal.DeliveryPoint = Identifier:xal.Identifier+ @Type/deliveryPoint &quality &other
xal.GeoRss = *[http://www.georss.org/georss strict]+ &other
xal.Coordinates = Latitude:xal.Degrees? Longitude:xal.Degrees?
    @Meridian @MeridianCodeType @Datum @DatumCodeType @Projection @ProjectionCodeType &quality &other
xal.Degrees = @DegreesMeasure @MinutesMeasure @SecondsMeasure @Direction/direction &other
"""

_XPIL = """
accountElement := line AccountID IssuingAuthority AccountType AccountBranch IssuingCountryName
bloodGroup := line A+ A- B+ B- AB+ AB- O+ O-
birthInfoElement := line BirthStar BirthPlace BirthSign
medium := line Cellphone Fax Pager Telephone VOIP
numberElement := line CountryCode AreaCode LocalNumber Extension Pin Separator NationalNumber InternationalNumber
documentElement := line DocumentID DocumentName Privilege Restriction GroupName VerificationCode Category IssuePlace
    AccessCode Type
documentType := line Passport DriverLicense CreditCard BankCard KeyCard AccessCard IdentificationCard Certificate
    MileageProgram
electronicAddress := line AIM EMAIL GOOGLE GIZMO ICQ JABBER MSN SIP SKYPE URL XRI YAHOO
featureType := line Weight Height HairColour EyeColour SkinColour Waist Breast Hip
skill := line No Fluent Excellent Good Bad Average Fair
membershipElement := line MembershipNumber Privilege Restriction GroupName Category Type IssuingCountryName Role
occupationElement := line Role PositionTitle ReportsTo EmploymentType CostCentre Rank
organisationCategory := line Vendor GovernmentAgency University College School Club Association Consortium Company
identifierElement := line Identifier IssuingCountryName
identifierType := line TaxID CompanyID NationalID RegistrationID
personCategory := line ExistingCustomer PotentialCustomer Employee Friend
qualificationElement := line QualificationName MajorSubject MinorSubject Grade CourseDuration CompletionDate Award
    Restriction Registration WayOfStudy
vehicleElement := line Make Model ManufactureDate EngineNumber ChassisNumber BodyNumber LicensePlateNumber
    LicensePlateType Colour BodyType Type
visaElement := line Type Number Code Country IssuePlace MaximumStay Restriction Privilege SpecialCondition EntryType
xpil.Party = FreeTextLines:xpil.FreeTextLines? PartyName:xnl.PartyName? Addresses:xpil.Addresses?
    Accounts:xpil.Accounts? ContactNumbers:xpil.ContactNumbers? Documents:xpil.Documents?
    ElectronicAddressIdentifiers:xpil.ElectronicAddresses? Events:xpil.Events? Identifiers:xpil.Identifiers?
    Memberships:xpil.Memberships? Relationships:xpil.Relationships? Revenues:xpil.Revenues? Stocks:xpil.Stocks?
    Vehicles:xpil.Vehicles? OrganisationInfo:xpil.OrganisationInfo? PersonInfo:xpil.PersonInfo?
    BirthInfo:xpil.BirthInfo? CountriesOfResidence:xpil.Countries? Favourites:xpil.Favourites?
    Habits:xpil.Habits? Hobbies:xpil.Hobbies? Languages:xpil.Languages? Nationalities:xpil.Countries?
    Occupations:xpil.Occupations? PhysicalInfo:xpil.PhysicalInfo? Preferences:xpil.Preferences?
    Qualifications:xpil.Qualifications? Visas:xpil.Visas?
    @PartyType @PartyID @PartyIDType @ID @Usage @Status @PartyKey @PartyKeyRef
    &validity &link &quality &language &other
xpil.FreeTextLines = FreeTextLine:xpil.TypedText+ &other
xpil.TypedText = <token> @Type &quality &other
xpil.AccountElement = <token> @Type/accountElement &other
xpil.ContactNumberElement = <token> @Type/numberElement &other
xpil.DocumentElement = <token> @Type/documentElement &other
xpil.IdentifierElement = <token> @Type/identifierElement &other
xpil.MembershipElement = <token> @Type/membershipElement &other
xpil.VehicleElement = <token> @Type/vehicleElement &other
xpil.BirthInfoElement = <token> @Type/birthInfoElement &other
xpil.OccupationElement = <token> @Type/occupationElement &other
xpil.QualificationElement = <token> @Type/qualificationElement &other
xpil.VisaElement = <token> @Type/visaElement &other
xpil.Text = <token> &quality &other
xpil.Addresses = Address:xal.Address+ &other
xpil.Accounts = Account:xpil.Account+ &other
xpil.Account = AccountElement:xpil.AccountElement* Organisation:xnl.OrganisationName?
    @Type @OwnershipType/time @Status &validity &quality &other
xpil.ContactNumbers = ContactNumber:xpil.ContactNumber+ &other
xpil.ContactNumber = ContactNumberElement:xpil.ContactNumberElement*
    @CommunicationMediaType/medium @Status @Usage @ContactHours &validity &quality @@#other
xpil.Documents = Document:xpil.Document+ &other
xpil.Document = DocumentElement:xpil.DocumentElement* NameOnDocument:xnl.PartyName? AddressOnDocument:xal.Address?
    IssuerName:xnl.OrganisationName? @Type/documentType @Status &validity &quality &other
xpil.ElectronicAddresses = ElectronicAddressIdentifier:xpil.ElectronicAddress+ &other
xpil.ElectronicAddress = <token> @Type/electronicAddress @Status @Usage @Label &quality &other
xpil.Events = Event:xpil.Event+ &other
xpil.Event = <token> @Type @Date/dateTime &validity &quality &other
xpil.Identifiers = Identifier:xpil.Identifier+ &other
xpil.Identifier = IdentifierElement:xpil.IdentifierElement* IssuerName:xnl.OrganisationName? @Type/identifierType
    @Status &validity &quality &other
xpil.Memberships = Membership:xpil.Membership+ &other
xpil.Membership = MembershipElement:xpil.MembershipElement* Organisation:xnl.OrganisationName?
    @Type @Status &validity &quality &other
xpil.Relationships = Relationship:xpil.Relationship* &other
xpil.Relationship = xnl:NameLine:xnl.Line? xnl:PersonName:xnl.PersonName? xnl:OrganisationName:xnl.OrganisationName?
    Addresses:xpil.Addresses? ContactNumbers:xpil.ContactNumbers?
    ElectronicAddressIdentifiers:xpil.ElectronicAddresses?
    @Status @PartyType @RelationshipWithPerson @RelationshipWithOrganisation @RelationshipValidFrom/dateTime
    @RelationshipValidTo/dateTime &quality &other
xpil.Revenues = Revenue:xpil.Revenue+ &other
xpil.Revenue = <decimal> @CurrencyCode @Status @PeriodFrom/dateTime @PeriodTo/dateTime @Type @Precision/nonNegative
    @Source @CountryName @AfterTax/boolean &quality &other
xpil.Stocks = Stock:xpil.Stock+ &other
xpil.Stock = @ListedCode @MarketName @CountryName @InvestedDate/dateTime @ShareQuantity @ListedDate/dateTime
    &quality &other
xpil.Vehicles = Vehicle:xpil.Vehicle+ &other
xpil.Vehicle = VehicleElement:xpil.VehicleElement* @Type @Status &quality &other
xpil.OrganisationInfo = @Type @CategoryType/organisationCategory @Status @Nature @IndustryType @IndustryCode
    @IndustryCodeType
    @NumberOfEmployees @OperatingHourStartTime/time @OperatingHourEndTime/time &quality &other
xpil.PersonInfo = @Age @CategoryType/personCategory @PhysicalStatus @MaritalStatus @Ethnicity @Gender @Religion
    &quality &other
xpil.BirthInfo = BirthInfoElement:xpil.BirthInfoElement* BirthPlaceDetails:xal.Address?
    @BirthDateTime/dateTime @BirthDateTimePrecision/duration &quality &other
xpil.Countries = Country:xpil.Country+ &other
xpil.Favourites = Favourite:xpil.TypedText+ &other
xpil.Habits = Habit:xpil.TypedText+ &other
xpil.Hobbies = Hobby:xpil.TypedText+ &other
xpil.Languages = Language:xpil.Language+ &other
xpil.Language = <token> @Type @Speak/skill @Read/skill @Write/skill @Understand/skill @Preference &quality &other
xpil.Occupations = Occupation:xpil.Occupation+ &other
xpil.Occupation = OccupationElement:xpil.OccupationElement* Employer:xnl.OrganisationName?
    @isSelfEmployed/boolean @Status &validity &quality &other
xpil.PhysicalInfo = FreeTextLine:xpil.TypedText* Feature:xpil.Feature* BodyMark:xpil.BodyMark*
    Disability:xpil.Disability* Allergy:xpil.Text* HealthCondition:xpil.Text* @BloodGroup/bloodGroup &quality &other
xpil.Feature = <token> @Type/featureType @UnitType &quality &other
xpil.BodyMark = <token> @Part @Location &quality &other
xpil.Disability = <token> @Cause &quality &other
xpil.Preferences = Preference:xpil.TypedText+ &other
xpil.Qualifications = Qualification:xpil.Qualification+ &other
xpil.Qualification = QualificationElement:xpil.QualificationElement* Institution:xnl.OrganisationName?
    @Status &validity &quality &other
xpil.Visas = Visa:xpil.Visa+ &other
xpil.Visa = VisaElement:xpil.VisaElement* @Status @EntryByDate/dateTime &validity &quality &other
"""


def ciq_types() -> dict[str, ComplexType | SimpleType]:
    """The types of xNL, xAL and xPIL, by names that begin with their prefix."""
    types: dict[str, ComplexType | SimpleType] = {}
    for namespace, table in ((XNL, _XNL), (XAL, _XAL), (XPIL, _XPIL)):
        types |= Notation(namespace, _PREFIXES, _GROUPS).read(_LISTS + table)
    return types


def ciq_link_attributes() -> dict[str, Attribute]:
    """The attributes of the linking vocabulary of CIQ, which may stand wherever other namespaces may."""
    token, uri, name = datatypes.STRING, datatypes.ANY_URI, datatypes.NCNAME
    return {
        f"{{{CIQ_XLINK}}}{attribute}": Attribute(kind)
        for attribute, kind in (
            ("type", one_of(token, "simple", "extended", "locator", "arc", "resource", "title")),
            ("href", uri),
            ("role", datatypes.NON_EMPTY_URI),
            ("arcrole", datatypes.NON_EMPTY_URI),
            ("title", token),
            ("show", one_of(token, "new", "replace", "embed", "other", "none")),
            ("actuate", one_of(token, "onLoad", "onRequest", "other", "none")),
            ("label", name),
            ("from", name),
            ("to", name),
        )
    }
