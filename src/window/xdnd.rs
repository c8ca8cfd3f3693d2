//! What is dragged from other programs on X11 and is no file. winit takes files alone and says nothing of the rest, so a
//! proxy of the window (XDND, `XdndProxy`) gets its messages: it hands on what winit understands, and takes the rest.

mod offer;

use std::thread;

use x11rb::connection::Connection;
use x11rb::errors::{ConnectionError, ReplyError, ReplyOrIdError};
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ChangeWindowAttributesAux, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask,
    GetAtomNameReply, GetPropertyReply, PropMode, Property, Timestamp, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use self::offer::Offer;
use super::open::Handed;

/// The version of the protocol that is spoken.
const VERSION: u32 = 5;
/// The most types of one drag that are looked at.
const MAX_TYPES: u32 = 256;
/// The most that is taken, in words of four bytes as the protocol counts: no mail is dragged as text of this size.
const MAX_WORDS: u32 = 16 << 20;
const MAX_BYTES: usize = 4 * MAX_WORDS as usize;

x11rb::atom_manager! {
    Atoms: AtomsCookie {
        XdndAware,
        XdndProxy,
        XdndEnter,
        XdndPosition,
        XdndStatus,
        XdndLeave,
        XdndDrop,
        XdndFinished,
        XdndSelection,
        XdndTypeList,
        XdndActionCopy,
        INCR,
        HOPSCOPE_DROP,
    }
}

/// Takes what is dropped on a window, on a thread of its own, for as long as the window is there. Where it cannot, files
/// alone arrive, through winit.
pub(super) fn watch(window: Window, hand: impl Fn(Handed) + Send + 'static) {
    thread::spawn(move || {
        if let Err(error) = Proxy::new(window, hand).and_then(|mut proxy| Ok(proxy.run()?)) {
            tracing::debug!(?error, "drops that are no files are not seen");
        }
    });
}

/// A window that stands for another in drags.
struct Proxy<H> {
    connection: RustConnection,
    atoms: Atoms,
    window: Window,
    target: Window,
    drag: Option<Drag>,
    hand: H,
}

/// One drag over the window.
struct Drag {
    source: Window,
    /// The types in the order of the offer.
    types: Vec<Atom>,
    offer: Offer,
    is_asked: bool,
    is_dropped: bool,
    /// What has come of content that comes in pieces.
    pieces: Option<Vec<u8>>,
    content: Option<Vec<u8>>,
}

impl<H: Fn(Handed)> Proxy<H> {
    fn new(target: Window, hand: H) -> Result<Self, ReplyOrIdError> {
        let (connection, screen) = RustConnection::connect(None).map_err(|_| ConnectionError::UnknownError)?;
        let atoms = Atoms::new(&connection)?.reply()?;
        let root = connection.setup().roots.get(screen).ok_or(ConnectionError::UnknownError)?.root;
        let window = connection.generate_id()?;
        let unseen = CreateWindowAux::new().override_redirect(1).event_mask(EventMask::PROPERTY_CHANGE);
        connection.create_window(0, window, root, -1, -1, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &unseen)?.check()?;
        let until_it_goes = ChangeWindowAttributesAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
        connection.change_window_attributes(target, &until_it_goes)?.check()?;
        let set = |on, property, kind: AtomEnum, value| {
            connection.change_property32(PropMode::REPLACE, on, property, kind, &[value])
        };
        set(window, atoms.XdndAware, AtomEnum::ATOM, VERSION)?;
        set(window, atoms.XdndProxy, AtomEnum::WINDOW, window)?;
        // The last: from here on others write to the proxy.
        set(target, atoms.XdndProxy, AtomEnum::WINDOW, window)?.check()?;
        Ok(Self { connection, atoms, window, target, drag: None, hand })
    }

    /// Until the window is gone.
    fn run(&mut self) -> Result<(), ConnectionError> {
        loop {
            match self.connection.wait_for_event()? {
                Event::ClientMessage(message) => self.take(message)?,
                Event::SelectionNotify(notice) if notice.requestor == self.window => {
                    self.take_content(notice.property != x11rb::NONE)?;
                }
                Event::PropertyNotify(notice)
                    if notice.atom == self.atoms.HOPSCOPE_DROP && notice.state == Property::NEW_VALUE =>
                {
                    self.take_piece()?;
                }
                Event::DestroyNotify(notice) if notice.window == self.target => return Ok(()),
                // Errors among them: the other program may be gone at any time.
                _ => {}
            }
            self.connection.flush()?;
        }
    }

    fn take(&mut self, message: ClientMessageEvent) -> Result<(), ConnectionError> {
        let data = message.data.as_data32();
        let [source, flags, when, dropped_at, _] = data;
        if message.type_ == self.atoms.XdndEnter {
            self.drag = Some(self.enter(source, flags, &data)?);
        }
        let Some(drag) = self.drag.as_ref().filter(|drag| drag.source == source) else { return Ok(()) };
        if drag.offer.has_files() {
            self.connection.send_event(false, self.target, EventMask::NO_EVENT, message)?;
        }
        if message.type_ == self.atoms.XdndPosition {
            self.hover(dropped_at)?;
        } else if message.type_ == self.atoms.XdndLeave {
            self.drag = None;
        } else if message.type_ == self.atoms.XdndDrop {
            self.ask(when)?;
            if let Some(drag) = &mut self.drag {
                drag.is_dropped = true;
            }
            self.conclude()?;
        }
        Ok(())
    }

    /// What is offered: three types in the message, or more in a property of the source.
    fn enter(&self, source: Window, flags: u32, data: &[u32; 5]) -> Result<Drag, ConnectionError> {
        const HAS_MORE: u32 = 1;
        let types = if flags & HAS_MORE == 0 {
            data.iter().skip(2).copied().filter(|&kind| kind != x11rb::NONE).collect()
        } else {
            let list = self.atoms.XdndTypeList;
            let list = self.connection.get_property(false, source, list, AtomEnum::ATOM, 0, MAX_TYPES)?.reply();
            let list = list.ok().and_then(|list| Some(list.value32()?.collect()));
            list.unwrap_or_else(Vec::new)
        };
        let names = types.iter().map(|&kind| self.connection.get_atom_name(kind)).collect::<Result<Vec<_>, _>>()?;
        let name = |named: Result<GetAtomNameReply, _>| named.map(|named| named.name).unwrap_or_default();
        let names = names.into_iter().map(|named| String::from_utf8_lossy(&name(named.reply())).into_owned());
        let offer = Offer::of(names.collect());
        Ok(Drag { source, types, offer, is_asked: false, is_dropped: false, pieces: None, content: None })
    }

    /// Says that a drop is welcome; where winit says so, only looks at which files are meant.
    fn hover(&mut self, when: Timestamp) -> Result<(), ConnectionError> {
        const WELCOME: u32 = 1;
        let Some(drag) = &self.drag else { return Ok(()) };
        if drag.offer.has_files() {
            return self.ask(when);
        }
        self.answer(drag.source, self.atoms.XdndStatus, [self.target, WELCOME, 0, 0, self.atoms.XdndActionCopy])
    }

    /// Asks once for the content in the form that tells most.
    fn ask(&mut self, when: Timestamp) -> Result<(), ConnectionError> {
        let Some(drag) = self.drag.as_mut().filter(|drag| !drag.is_asked) else { return Ok(()) };
        drag.is_asked = true;
        match drag.offer.wanted().and_then(|wanted| drag.types.get(wanted)) {
            Some(&kind) => {
                let (selection, into) = (self.atoms.XdndSelection, self.atoms.HOPSCOPE_DROP);
                self.connection.convert_selection(self.window, selection, kind, into, when)?;
            }
            None => drag.content = Some(Vec::new()),
        }
        Ok(())
    }

    /// Takes the content out of the property it was put in.
    fn read(&self) -> Result<GetPropertyReply, ReplyError> {
        self.connection.get_property(true, self.window, self.atoms.HOPSCOPE_DROP, AtomEnum::ANY, 0, MAX_WORDS)?.reply()
    }

    fn take_content(&mut self, is_there: bool) -> Result<(), ConnectionError> {
        let read = if is_there { self.read().ok() } else { None };
        let Some(drag) = &mut self.drag else { return Ok(()) };
        match read {
            // Having taken it out asks for the first piece.
            Some(reply) if reply.type_ == self.atoms.INCR => drag.pieces = Some(Vec::new()),
            reply => drag.content = Some(reply.map(|reply| reply.value).unwrap_or_default()),
        }
        self.conclude()
    }

    /// An empty piece is the last.
    fn take_piece(&mut self) -> Result<(), ConnectionError> {
        if self.drag.as_ref().is_none_or(|drag| drag.pieces.is_none()) {
            return Ok(());
        }
        let piece = self.read().map(|reply| reply.value).unwrap_or_default();
        let Some(drag) = &mut self.drag else { return Ok(()) };
        let mut pieces = drag.pieces.take().unwrap_or_default();
        if piece.is_empty() {
            drag.content = Some(pieces);
        } else if pieces.len() + piece.len() > MAX_BYTES {
            drag.content = Some(Vec::new());
        } else {
            pieces.extend_from_slice(&piece);
            drag.pieces = Some(pieces);
        }
        self.conclude()
    }

    /// Hands over what was dropped, once it is here.
    fn conclude(&mut self) -> Result<(), ConnectionError> {
        const TAKEN: u32 = 1;
        let is_done = |drag: &mut Drag| drag.is_dropped && drag.content.is_some();
        let Some(drag) = self.drag.take_if(is_done) else { return Ok(()) };
        if !drag.offer.has_files() {
            let data = [self.target, TAKEN, self.atoms.XdndActionCopy, 0, 0];
            self.answer(drag.source, self.atoms.XdndFinished, data)?;
        }
        if let Some(handed) = drag.offer.handed(drag.content.unwrap_or_default()) {
            (self.hand)(handed);
        }
        Ok(())
    }

    fn answer(&self, source: Window, what: Atom, data: [u32; 5]) -> Result<(), ConnectionError> {
        let message = ClientMessageEvent::new(32, source, what, data);
        self.connection.send_event(false, source, EventMask::NO_EVENT, message)?;
        Ok(())
    }
}
