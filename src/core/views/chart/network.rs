//! Things that go together as a network: drawn by forces, always in the same way.

use super::{MARGIN, NAME, WIDTH, times, titled};
use crate::{
    model::code::Hue,
    picture::{Paint, Picture, Stroke, TextAnchor, face::Faces},
};

/// A thing in the network.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkNode {
    /// The name below the node.
    pub name: String,
    /// The colour of the node.
    pub hue: Hue,
    /// How often the thing occurs, which the area of the node shows.
    pub size: usize,
}

/// A link between two nodes, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NetworkEdge {
    /// One node.
    pub from: usize,
    /// The other node.
    pub to: usize,
    /// How strong the link is.
    pub weight: usize,
}

const HEIGHT: f32 = 440.0;
/// Steps of the layout, after which nothing moves visibly.
const STEPS: usize = 400;

/// Paints nodes, and links between them by how strong they are; nodes without a link are left out.
pub fn picture(title: &str, nodes: &[NetworkNode], links: &[NetworkEdge]) -> Picture {
    let faces = Faces::new();
    let (mut picture, top) = titled(title, WIDTH, &faces);
    let linked: Vec<usize> = (0..nodes.len())
        .filter(|&node| {
            links
                .iter()
                .any(|link| link.from == node || link.to == node)
        })
        .collect();
    let number = |node: usize| linked.iter().position(|other| *other == node);
    let strongest = links
        .iter()
        .map(|link| link.weight)
        .max()
        .unwrap_or(1)
        .max(1);
    let inner: Vec<(usize, usize, f32)> = links
        .iter()
        .filter_map(|link| {
            let strength = times(link.weight) / times(strongest);
            Some((number(link.from)?, number(link.to)?, strength))
        })
        .collect();
    let places = layout(linked.len(), &inner);
    let (left, right, bottom) = (MARGIN + 50.0, WIDTH - MARGIN - 50.0, top + HEIGHT);
    let at = |place: [f32; 2]| {
        [
            place[0].mul_add(right - left, left),
            place[1].mul_add(bottom - top - 40.0, top + 20.0),
        ]
    };
    let largest = linked
        .iter()
        .map(|&node| nodes[node].size)
        .max()
        .unwrap_or(1)
        .max(1);
    // The strong links are painted over the weak ones.
    let mut weakest_first = inner.clone();
    weakest_first.sort_by(|a, b| a.2.total_cmp(&b.2));
    for (a, b, strength) in weakest_first {
        picture.line(
            [at(places[a]), at(places[b])],
            Stroke::new(0.5 + 5.0 * strength, Paint::Tone(0.18 + 0.4 * strength)),
        );
    }
    for (place, &node) in places.iter().zip(&linked) {
        let radius = radius(nodes[node].size, largest);
        picture.disc(at(*place), radius, Paint::Hue(nodes[node].hue.number()));
    }
    // Names come after all discs, so that no disc covers a name.
    for (place, &node) in places.iter().zip(&linked) {
        let radius = radius(nodes[node].size, largest);
        let [x, y] = at(*place);
        let text = faces.cut(&nodes[node].name, NAME.size, NAME.weight, 150.0);
        let half = faces.width(&text, NAME.size, NAME.weight) / 2.0;
        let x = x.clamp(MARGIN + half, (WIDTH - MARGIN - half).max(MARGIN + half));
        picture.text([x, y + radius + 8.0], text, NAME, TextAnchor::Middle);
    }
    picture.height = bottom + MARGIN;
    picture
}

/// The radius of a node: its disc's area, which is what people compare, grows with its size.
fn radius(size: usize, largest: usize) -> f32 {
    4.0 + 9.0 * (times(size) / times(largest)).sqrt()
}

/// Places between 0 and 1: nodes push one another away, links pull (Fruchterman & Reingold 1991), from places on a circle.
fn layout(n: usize, links: &[(usize, usize, f32)]) -> Vec<[f32; 2]> {
    let angle = |at: usize| times(at) / times(n.max(1)) * std::f32::consts::TAU;
    let mut places: Vec<[f32; 2]> = (0..n)
        .map(|at| [0.5 + 0.4 * angle(at).cos(), 0.5 + 0.4 * angle(at).sin()])
        .collect();
    let ideal = 0.9 / times(n.max(1)).sqrt();
    for step in 0..STEPS {
        let mut push = vec![[0.0_f32; 2]; n];
        for a in 0..n {
            for b in 0..a {
                let (dx, dy) = (places[a][0] - places[b][0], places[a][1] - places[b][1]);
                // Nodes at almost the same place would otherwise be thrown far apart.
                let square = (dx * dx + dy * dy).max(1e-5);
                let force = ideal * ideal / square;
                for (node, sign) in [(a, 1.0), (b, -1.0)] {
                    push[node][0] += sign * dx * force;
                    push[node][1] += sign * dy * force;
                }
            }
        }
        for &(a, b, strength) in links {
            let (dx, dy) = (places[a][0] - places[b][0], places[a][1] - places[b][1]);
            // Even the weakest link pulls a little: it has to look like one.
            let force = (dx * dx + dy * dy).sqrt() / ideal * (0.2 + 0.8 * strength);
            for (node, sign) in [(a, -1.0), (b, 1.0)] {
                push[node][0] += sign * dx * force;
                push[node][1] += sign * dy * force;
            }
        }
        // Everything is drawn to the middle, so that parts without links between them stay near.
        for (place, push) in places.iter().zip(&mut push) {
            push[0] += (0.5 - place[0]) * 1.2;
            push[1] += (0.5 - place[1]) * 1.2;
        }
        // Moves grow shorter with every step, so that everything comes to rest.
        let most = 0.08 * (1.0 - times(step) / times(STEPS));
        for (place, push) in places.iter_mut().zip(push) {
            let length = push[0].hypot(push[1]).max(1e-6);
            let by = length.min(most) / length;
            place[0] = push[0].mul_add(by, place[0]);
            place[1] = push[1].mul_add(by, place[1]);
        }
    }
    fitted(places)
}

/// Places stretched to the range from 0 to 1.
fn fitted(mut places: Vec<[f32; 2]>) -> Vec<[f32; 2]> {
    for axis in 0..2 {
        let low = places
            .iter()
            .map(|place| place[axis])
            .fold(f32::INFINITY, f32::min);
        let high = places
            .iter()
            .map(|place| place[axis])
            .fold(f32::NEG_INFINITY, f32::max);
        for place in &mut places {
            place[axis] = if high - low > 1e-4 {
                (place[axis] - low) / (high - low)
            } else {
                0.5
            };
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_nodes_are_near_each_other() {
        // Two triangles, joined by one weak link.
        let links = [
            (0, 1, 1.0),
            (1, 2, 1.0),
            (0, 2, 1.0),
            (3, 4, 1.0),
            (4, 5, 1.0),
            (3, 5, 1.0),
            (2, 3, 0.1),
        ];
        let places = layout(6, &links);
        let far =
            |a: usize, b: usize| (places[a][0] - places[b][0]).hypot(places[a][1] - places[b][1]);
        assert!(far(0, 1) < far(0, 4) && far(3, 5) < far(1, 5), "{places:?}");
        assert_eq!(layout(6, &links), places);
        assert!(
            layout(0, &[]).is_empty() && layout(1, &[])[0].iter().all(|place| place.is_finite())
        );
    }
}
