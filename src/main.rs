//! temporary
use isnad::{extract::Reader, ingest};
fn main() {
    let options = ingest::Options::default();
    let inputs: Vec<String> = std::env::args().skip(1).collect();
    for source in ingest::discover(&inputs, &options) {
        source.unwrap().read(&options, &mut |document| {
            let a = Reader::default().read(document.unwrap());
            println!("=== {} {:?} {:?}", a.document.source, a.document.published, a.document.publisher);
            for (i,s) in a.analysis.sentences.iter().enumerate() {
                println!("\n[{i}] {}", s.span.slice(&a.document.text));
                for m in &a.mentions { if s.span.contains(m.span) { println!("   m {:?} <{}> {} e{:?} {}", m.kind, m.span.slice(&a.document.text), m.form, m.entity, m.rule); } }
                for e in &a.events { if e.evidence==s.span { println!("   V {} '{}' {} {} {:?}", e.kind, e.trigger.slice(&a.document.text), e.polarity, e.modality, e.time.map(|t|(t.0.earliest.map(|d|d.to_string()),t.0.latest.map(|d|d.to_string())))); for g in &e.arguments { println!("       {} = {} [{}]", g.role, a.entities[g.entity].name, g.rule);} for x in &e.attribution { println!("       by {:?}", a.attributions[*x].source.map(|s|&a.entities[s].name)); } } }
                for r in &a.relations { if s.span.contains(r.evidence) { println!("   R {} {} {}", a.entities[r.subject].name, r.kind, a.entities[r.object].name); } }
                for r in &a.figures { if s.span.contains(r.span) { println!("   Q {:?} {} {:?} {} part {:?} {:?} by {:?}", r.value, r.upper.unwrap_or(0), r.bound, r.unit, r.part_of, r.place.map(|p|&a.entities[p].name), r.attribution.iter().map(|x|a.attributions[*x].source.map(|s|&a.entities[s].name)).collect::<Vec<_>>()); } }
                for r in &a.attributions { if s.span.contains(r.cue) { println!("   A {:?} {} {} via {:?} «{}»", r.source.map(|s|&a.entities[s].name), r.kind, r.cue.slice(&a.document.text), r.via, r.content.slice(&a.document.text).chars().take(50).collect::<String>()); } }
            }
            for (i,e) in a.entities.iter().enumerate() { println!("e{i} {:?} {:?} {} named={} {:?} {:?} {:?}", e.kind, e.subtype, e.name, e.named, e.aliases, e.gazetteer, e.attributes.iter().map(|(k,v)|(k,v.iter().map(|x|&x.0).collect::<Vec<_>>())).collect::<Vec<_>>()); }
        });
    }
}
