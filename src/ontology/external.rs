//! Terms of other vocabularies that the graph uses; RDF, RDFS and XSD are in `oxigraph::model::vocab`.

use super::vocabulary::terms;

terms! {
    /// [schema.org](https://schema.org/).
    schema, "schema", "https://schema.org/", {
        DOMAIN_INCLUDES = "domainIncludes",
        HEADLINE = "headline",
        IN_LANGUAGE = "inLanguage",
        LATITUDE = "latitude",
        LONGITUDE = "longitude",
        MENTIONS = "mentions",
        PUBLISHER = "publisher",
        URL = "url",
    }
}

terms! {
    /// [Web Annotation](https://www.w3.org/TR/annotation-vocab/): evidence as position and quotation.
    oa, "oa", "http://www.w3.org/ns/oa#", {
        END = "end",
        EXACT = "exact",
        HAS_SELECTOR = "hasSelector",
        HAS_SOURCE = "hasSource",
        PREFIX = "prefix",
        SPECIFIC_RESOURCE = "SpecificResource",
        START = "start",
        SUFFIX = "suffix",
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
    }
}

terms! {
    /// [PROV-O](https://www.w3.org/TR/prov-o/): what made the graph, from what.
    prov, "prov", "http://www.w3.org/ns/prov#", {
        ACTIVITY = "Activity",
        AGENT = "Agent",
        ENDED_AT_TIME = "endedAtTime",
        ENTITY = "Entity",
        GENERATED_AT_TIME = "generatedAtTime",
        SOFTWARE_AGENT = "SoftwareAgent",
        STARTED_AT_TIME = "startedAtTime",
        USED = "used",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        WAS_ATTRIBUTED_TO = "wasAttributedTo",
        WAS_DERIVED_FROM = "wasDerivedFrom",
        WAS_GENERATED_BY = "wasGeneratedBy",
    }
}

terms! {
    /// [GeoSPARQL](https://docs.ogc.org/is/22-047r1/22-047r1.html): coordinates.
    geo, "geo", "http://www.opengis.net/ont/geosparql#", {
        AS_WKT = "asWKT",
        WKT_LITERAL = "wktLiteral",
    }
}

terms! {
    /// [SKOS](https://www.w3.org/TR/skos-reference/): labels and lists of values.
    skos, "skos", "http://www.w3.org/2004/02/skos/core#", {
        ALT_LABEL = "altLabel",
        CONCEPT = "Concept",
        CONCEPT_SCHEME = "ConceptScheme",
        IN_SCHEME = "inScheme",
        NOTATION = "notation",
        PREF_LABEL = "prefLabel",
    }
}

terms! {
    /// [Simple Event Model](https://semanticweb.cs.vu.nl/2009/11/sem/): events and roles.
    sem, "sem", "http://semanticweb.cs.vu.nl/2009/11/sem/", {
        ACTOR = "Actor",
        EVENT = "Event",
        HAS_ACTOR = "hasActor",
        HAS_PLACE = "hasPlace",
        PLACE = "Place",
    }
}

terms! {
    /// [DCMI terms](https://www.dublincore.org/specifications/dublin-core/dcmi-terms/).
    dcterms, "dcterms", "http://purl.org/dc/terms/", {
        CREATED = "created",
        CREATOR = "creator",
        IDENTIFIER = "identifier",
        IS_REPLACED_BY = "isReplacedBy",
        SOURCE = "source",
        TITLE = "title",
    }
}

terms! {
    /// [OWL](https://www.w3.org/TR/owl2-overview/), as far as the ontology and links to gazetteers use it.
    owl, "owl", "http://www.w3.org/2002/07/owl#", {
        ANNOTATION_PROPERTY = "AnnotationProperty",
        CLASS = "Class",
        DATATYPE_PROPERTY = "DatatypeProperty",
        INVERSE_OF = "inverseOf",
        OBJECT_PROPERTY = "ObjectProperty",
        SAME_AS = "sameAs",
        SYMMETRIC_PROPERTY = "SymmetricProperty",
        TRANSITIVE_PROPERTY = "TransitiveProperty",
        VERSION_INFO = "versionInfo",
    }
}
