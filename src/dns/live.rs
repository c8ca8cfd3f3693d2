//! Live DNS: the one file that names the resolver crate.
//!
//! It uses the crate's transports and wire format, not its resolver: an inspector must see the server's own answer, with
//! its CNAME chain and response code, for every name (the resolver answers `localhost` and `.invalid` by itself, forgets
//! the chain of a negative answer, and reads lame referrals as "no data").

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use hickory_resolver::TlsConfig;
use hickory_resolver::net::NetError;
use hickory_resolver::net::h2::HttpsClientStream;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::tcp::TcpClientStream;
use hickory_resolver::net::tls::tls_exchange;
use hickory_resolver::net::udp::UdpClientStream;
use hickory_resolver::net::xfer::{DnsExchange, DnsHandle, FirstAnswer};
use hickory_resolver::proto::op::{DnsRequest, DnsRequestOptions, DnsResponse, Query, ResponseCode};
use hickory_resolver::proto::rr::{self, Name, RData, Record};
use hickory_resolver::system_conf::read_system_conf;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use super::ledger::MAX_QUESTIONS;
use super::{Answer, Data, Failure, Lookup, MAX_CHAIN, Origin, Question, RecordType, Server, Timed, name};

/// How long one question may take, retries included.
const TIMEOUT: Duration = Duration::from_secs(5);
/// How long it may take once nobody has ever answered: with a dead resolver, an analysis must still end.
const SILENT_TIMEOUT: Duration = Duration::from_secs(2);
/// How long one try may be silent before the next one starts beside it.
const PATIENCE: Duration = Duration::from_secs(2);
/// When a UDP datagram without an answer is sent again, once in each try.
const RESEND: Duration = Duration::from_secs(1);
/// How many questions a CNAME chain that comes in pieces may take.
const MAX_PIECES: usize = 8;

/// Why no server can be asked.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    #[error("the network cannot be used: {0}")]
    Runtime(#[from] std::io::Error),
    #[error("the system's DNS servers cannot be found: {0}")]
    System(String),
    #[error("no address found for the DNS server {0}")]
    NoAddress(String),
    #[error("the system's certificates cannot be used: {0}")]
    Certificates(String),
}

/// Asks real servers.
#[derive(Debug)]
pub struct Live {
    origin: Origin,
    runtime: Runtime,
    resolver: Arc<Resolver>,
}

impl Live {
    /// Gets ready to ask that server. Nothing is sent yet, but for the address of a server that is given by its name.
    pub fn new(server: &Server) -> Result<Self, LiveError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("dns").enable_all().build()?;
        let origin = match server {
            Server::System => Origin::System,
            _ => Origin::Server(server.to_string()),
        };
        let transports = match server {
            Server::System => system_servers()?.into_iter().map(Transport::Plain).collect(),
            Server::Plain(address) => vec![Transport::Plain(*address)],
            Server::Tls { host, port, name } => encrypted(host, *port, name, &Protocol::Tls)?,
            Server::Https { host, port, path } => encrypted(host, *port, host, &Protocol::Https(Arc::from(&**path)))?,
        };
        let resolver = Resolver {
            transports: transports.into_iter().map(Arc::new).collect(),
            has_answered: AtomicBool::new(false),
            was_silent: AtomicBool::new(false),
        };
        Ok(Self { origin, runtime, resolver: Arc::new(resolver) })
    }
}

impl Lookup for Live {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let answers: Vec<_> = questions.iter().map(|question| self.start(question.clone())).collect();
        let broken = || Timed { answer: Answer::failed(Failure::ServFail), millis: None };
        answers.into_iter().map(|answer| answer.recv().unwrap_or_else(|_| broken())).collect()
    }

    fn origin(&self) -> Origin {
        self.origin.clone()
    }
}

impl Live {
    fn start(&self, question: Question) -> mpsc::Receiver<Timed> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let resolver = Arc::clone(&self.resolver);
        self.runtime.spawn(async move {
            let started = Instant::now();
            let answer = resolver.answer(&question).await;
            let millis = u64::try_from(started.elapsed().as_millis()).ok();
            // The one who asked may be gone.
            _ = sender.send(Timed { answer, millis });
        });
        receiver
    }
}

/// The servers that the system is configured with, in its order.
fn system_servers() -> Result<Vec<SocketAddr>, LiveError> {
    let (config, _) = read_system_conf().map_err(|error| LiveError::System(error.to_string()))?;
    let addresses = config.name_servers().iter().filter_map(|server| {
        // Each server is listed for UDP and for TCP, at one port.
        server.connections.first().map(|connection| SocketAddr::new(server.ip, connection.port))
    });
    let addresses: Vec<_> = addresses.collect();
    if addresses.is_empty() { Err(LiveError::System("none is configured".to_owned())) } else { Ok(addresses) }
}

fn encrypted(host: &str, port: u16, name: &str, protocol: &Protocol) -> Result<Vec<Transport>, LiveError> {
    let tls = TlsConfig::new().map_err(|error| LiveError::Certificates(error.to_string()))?;
    let transport = |ip| {
        Transport::Encrypted(Box::new(Encrypted {
            address: SocketAddr::new(ip, port),
            name: Arc::from(name),
            protocol: protocol.clone(),
            tls: TlsConfig { config: tls.config.clone() },
            provider: TokioRuntimeProvider::default(),
            connection: Mutex::default(),
        }))
    };
    Ok(addresses(host)?.into_iter().map(transport).collect())
}

/// The addresses of a server that is given by its name, from the system's servers.
fn addresses(host: &str) -> Result<Vec<IpAddr>, LiveError> {
    if let Ok(address) = host.parse() {
        return Ok(vec![address]);
    }
    let questions = [RecordType::A, RecordType::Aaaa].map(|kind| Question::new(host, kind));
    let answers = Live::new(&Server::System)?.lookup(&questions);
    let records = answers.into_iter().filter_map(|timed| timed.answer.records.ok()).flatten();
    let addresses: Vec<_> = records
        .filter_map(|data| match data {
            Data::A(address) => Some(IpAddr::V4(address)),
            Data::Aaaa(address) => Some(IpAddr::V6(address)),
            _ => None,
        })
        .collect();
    if addresses.is_empty() { Err(LiveError::NoAddress(host.to_owned())) } else { Ok(addresses) }
}

/// The servers, and what is known of them.
#[derive(Debug)]
struct Resolver {
    transports: Vec<Arc<Transport>>,
    has_answered: AtomicBool,
    was_silent: AtomicBool,
}

impl Resolver {
    async fn answer(&self, question: &Question) -> Answer {
        let Some(mut chain) = Chain::new(question) else { return Answer::failed(Failure::NotAName) };
        let deadline = Instant::now() + self.timeout();
        for _ in 0..MAX_PIECES {
            let records = match self.ask(&chain.query(), deadline).await {
                Ok(response) => chain.read(&response),
                Err(failure) => Some(Err(failure)),
            };
            if let Some(records) = records {
                return chain.answer(records);
            }
        }
        chain.answer(Err(Failure::ServFail))
    }

    fn timeout(&self) -> Duration {
        let is_dead = self.was_silent.load(Ordering::Relaxed) && !self.has_answered.load(Ordering::Relaxed);
        if is_dead { SILENT_TIMEOUT } else { TIMEOUT }
    }

    /// Asks server after server, the next as soon as one fails or stays silent, until one gives an answer that is of use.
    async fn ask(&self, query: &Query, deadline: Instant) -> Result<DnsResponse, Failure> {
        let mut upcoming: VecDeque<_> = self.transports.iter().map(|transport| (transport, Edns::Used)).collect();
        // A server that does not know EDNS fails on it (RFC 6891 section 7).
        upcoming.extend(self.transports.first().map(|transport| (transport, Edns::Left)));
        let mut tries = JoinSet::new();
        let mut failure = None;
        loop {
            if let Some((transport, edns)) = upcoming.pop_front() {
                tries.spawn(Arc::clone(transport).ask(edns.request(query)));
            }
            let next_try = if upcoming.is_empty() { deadline } else { Instant::now() + PATIENCE };
            let outcome = match timeout_at(next_try.min(deadline), tries.join_next()).await {
                Ok(Some(outcome)) => outcome.unwrap_or(Err(NetError::Busy)),
                Err(_) if Instant::now() < deadline => continue,
                Ok(None) | Err(_) => break,
            };
            match outcome.map_err(|error| failure_of(&error)).and_then(useful) {
                Ok(response) => {
                    self.has_answered.store(true, Ordering::Relaxed);
                    return Ok(response);
                }
                // What a server said counts more than what another did not say.
                Err(Failure::Timeout) => {}
                Err(said) => failure = failure.or(Some(said)),
            }
        }
        let signal = if failure.is_some() { &self.has_answered } else { &self.was_silent };
        signal.store(true, Ordering::Relaxed);
        Err(failure.unwrap_or(Failure::Timeout))
    }
}

/// Whether a request offers EDNS (RFC 6891).
#[derive(Debug, Clone, Copy)]
enum Edns {
    Used,
    Left,
}

impl Edns {
    fn request(self, query: &Query) -> DnsRequest {
        let mut options = DnsRequestOptions::default();
        options.use_edns = matches!(self, Self::Used);
        options.retry_interval = RESEND;
        // Asks to be told whether the answer was checked (RFC 4035 section 3.2.1), where that decides something. Not by AD in the
        // question, which some servers copy; not for texts, which signatures would make too long for UDP.
        let decides = matches!(query.query_type(), rr::RecordType::A | rr::RecordType::MX | rr::RecordType::TLSA);
        options.edns_set_dnssec_ok = decides;
        DnsRequest::from_query(query.clone(), options)
    }
}

/// What a try without a response means. An unreachable server is a silent one.
fn failure_of(error: &NetError) -> Failure {
    tracing::debug!(%error, "a DNS server gave no answer");
    match error {
        NetError::Proto(_) | NetError::Truncated | NetError::Decode(_) => Failure::ServFail,
        // How a TLS handshake reports a certificate that it does not accept, or a server that speaks something else.
        NetError::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => Failure::Untrusted,
        _ => Failure::Timeout,
    }
}

/// Whether a response answers, be it "no".
fn useful(response: DnsResponse) -> Result<DnsResponse, Failure> {
    let has = |kind| response.authorities.iter().any(|record| record.record_type() == kind);
    match response.response_code {
        // A referral to other servers: this one does not resolve (RFC 2308 section 2.2).
        ResponseCode::NoError
            if response.answers.is_empty() && has(rr::RecordType::NS) && !has(rr::RecordType::SOA) =>
        {
            Err(Failure::ServFail)
        }
        ResponseCode::NoError | ResponseCode::NXDomain => Ok(response),
        ResponseCode::Refused => Err(Failure::Refused),
        _ => Err(Failure::ServFail),
    }
}

/// One server and the way to it.
#[derive(Debug)]
enum Transport {
    Plain(SocketAddr),
    Encrypted(Box<Encrypted>),
}

impl Transport {
    async fn ask(self: Arc<Self>, request: DnsRequest) -> Result<DnsResponse, NetError> {
        match &*self {
            Self::Plain(address) => ask_plain(*address, request).await,
            Self::Encrypted(server) => server.ask(request).await,
        }
    }
}

async fn ask_plain(address: SocketAddr, request: DnsRequest) -> Result<DnsResponse, NetError> {
    // The provider owns the task that drives a connection: it must outlive the answer.
    let provider = TokioRuntimeProvider::default();
    let udp =
        UdpClientStream::builder(address, provider.clone()).with_timeout(Some(TIMEOUT)).with_max_retries(2).exchange();
    let response = udp.send(request.clone()).first_answer().await?;
    if !response.truncation {
        return Ok(response);
    }
    let tcp = TcpClientStream::exchange(address, None, TIMEOUT, None, provider.clone()).await?;
    let response = tcp.send(request).first_answer().await?;
    if response.truncation { Err(NetError::Truncated) } else { Ok(response) }
}

/// What is spoken inside TLS.
#[derive(Debug, Clone)]
enum Protocol {
    Tls,
    /// With the path of the URL.
    Https(Arc<str>),
}

/// A server behind TLS, with the one connection that all questions share.
struct Encrypted {
    address: SocketAddr,
    /// Whom the certificate must be for.
    name: Arc<str>,
    protocol: Protocol,
    tls: TlsConfig,
    /// Owns the task that drives the connection.
    provider: TokioRuntimeProvider,
    connection: Mutex<Option<DnsExchange<TokioRuntimeProvider>>>,
}

impl std::fmt::Debug for Encrypted {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Encrypted")
            .field("address", &self.address)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Encrypted {
    /// Asks over the open connection; over a new one when the server has closed that.
    async fn ask(&self, request: DnsRequest) -> Result<DnsResponse, NetError> {
        let response = self.connection().await?.send(request.clone()).first_answer().await;
        if response.is_ok() {
            return response;
        }
        *self.connection.lock().await = None;
        self.connection().await?.send(request).first_answer().await
    }

    async fn connection(&self) -> Result<DnsExchange<TokioRuntimeProvider>, NetError> {
        let mut connection = self.connection.lock().await;
        if let Some(open) = &*connection {
            return Ok(open.clone());
        }
        let open = self.connect().await?;
        *connection = Some(open.clone());
        Ok(open)
    }

    async fn connect(&self) -> Result<DnsExchange<TokioRuntimeProvider>, NetError> {
        let provider = self.provider.clone();
        match &self.protocol {
            Protocol::Tls => {
                let name = self.name.to_string().try_into().map_err(|_| NetError::from("not a server name"))?;
                let config = self.tls.config.clone();
                tls_exchange(self.address, name, config, TIMEOUT, Some(MAX_QUESTIONS), provider).await
            }
            Protocol::Https(path) => {
                let mut builder = HttpsClientStream::builder(Arc::new(self.tls.config.clone()), provider);
                builder.request_timeout(TIMEOUT);
                builder.exchange(self.address, Arc::clone(&self.name), Arc::clone(path)).await
            }
        }
    }
}

/// A question on its way along CNAME records.
struct Chain {
    /// The last name reached.
    owner: Name,
    kind: RecordType,
    /// The spellings of all names, the asked one first.
    names: Vec<String>,
    ttl: Option<u32>,
    /// Every response so far says that it was checked.
    authentic: bool,
}

impl Chain {
    fn new(question: &Question) -> Option<Self> {
        let labels = name::labels(&question.name)?;
        let owner = Name::from_labels(labels.iter().map(Vec::as_slice)).ok()?;
        Some(Self { owner, kind: question.kind, names: vec![question.name.clone()], ttl: None, authentic: true })
    }

    fn query(&self) -> Query {
        Query::query(self.owner.clone(), wire_type(self.kind))
    }

    /// Follows a response as far as it goes; `None` when the rest of the chain must be asked for.
    fn read(&mut self, response: &DnsResponse) -> Option<Result<Vec<Data>, Failure>> {
        let mut has_moved = false;
        self.authentic &= response.authentic_data;
        while let Some((target, ttl)) = self.alias(response) {
            let spelling = spell(target);
            if self.names.contains(&spelling) || self.names.len() > MAX_CHAIN {
                return Some(Err(Failure::ServFail));
            }
            self.owner = target.clone();
            self.names.push(spelling);
            self.see(ttl);
            has_moved = true;
        }
        let asked = |record: &&Record| record.name == self.owner && record.record_type() == wire_type(self.kind);
        let found: Vec<_> = response.answers.iter().filter(asked).collect();
        let data: Vec<_> = found.iter().filter_map(|record| data(&record.data)).collect();
        for record in found {
            self.see(record.ttl);
        }
        let is_closed = response.authorities.iter().any(|record| record.record_type() == rr::RecordType::SOA);
        if !data.is_empty() {
            Some(Ok(data))
        } else if response.response_code == ResponseCode::NXDomain {
            // With a chain, the code is about its last name (RFC 6604 section 3).
            Some(Err(Failure::NxDomain))
        } else if has_moved && !is_closed {
            None
        } else {
            Some(Err(Failure::NoData))
        }
    }

    /// Where the last name's CNAME record leads, unless it has records of the asked type.
    fn alias<'r>(&self, response: &'r DnsResponse) -> Option<(&'r Name, u32)> {
        let mut own = response.answers.iter().filter(|record| record.name == self.owner);
        if own.clone().any(|record| record.record_type() == wire_type(self.kind)) {
            return None;
        }
        own.find_map(|record| match &record.data {
            RData::CNAME(target) => Some((&target.0, record.ttl)),
            _ => None,
        })
    }

    fn see(&mut self, ttl: u32) {
        self.ttl = Some(self.ttl.map_or(ttl, |smallest| smallest.min(ttl)));
    }

    fn answer(mut self, records: Result<Vec<Data>, Failure>) -> Answer {
        let answered = !matches!(records, Err(failure) if !failure.is_absent());
        let authentic = self.authentic && answered;
        Answer { records, cname: self.names.split_off(1), ttl: self.ttl, authentic }
    }
}

fn spell(name: &Name) -> String {
    name::from_labels(name.iter())
}

fn wire_type(kind: RecordType) -> rr::RecordType {
    match kind {
        RecordType::A => rr::RecordType::A,
        RecordType::Aaaa => rr::RecordType::AAAA,
        RecordType::Mx => rr::RecordType::MX,
        RecordType::Ns => rr::RecordType::NS,
        RecordType::Ptr => rr::RecordType::PTR,
        RecordType::Txt => rr::RecordType::TXT,
        RecordType::Tlsa => rr::RecordType::TLSA,
        // RFC 4408 section 13.
        RecordType::Spf => rr::RecordType::from(99),
    }
}

fn data(data: &RData) -> Option<Data> {
    Some(match data {
        RData::A(address) => Data::A(address.0),
        RData::AAAA(address) => Data::Aaaa(address.0),
        RData::MX(mx) => Data::Mx { preference: mx.preference, exchange: spell(&mx.exchange) },
        RData::NS(name) => Data::Ns(spell(&name.0)),
        RData::PTR(name) => Data::Ptr(spell(&name.0)),
        RData::TXT(text) => Data::Text(text.txt_data.iter().map(|string| string.to_vec()).collect()),
        RData::TLSA(tlsa) => Data::Tlsa {
            usage: tlsa.cert_usage.into(),
            selector: tlsa.selector.into(),
            matching: tlsa.matching.into(),
            data: tlsa.cert_data.clone(),
        },
        RData::Unknown { rdata, .. } => Data::Text(strings(&rdata.anything)?),
        _ => return None,
    })
}

/// The character-strings of a record that the crate does not read (RFC 1035 section 3.3).
fn strings(mut rdata: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut strings = Vec::new();
    while let Some((&length, rest)) = rdata.split_first() {
        let (string, rest) = rest.split_at_checked(usize::from(length))?;
        strings.push(string.to_vec());
        rdata = rest;
    }
    (!strings.is_empty()).then_some(strings)
}
