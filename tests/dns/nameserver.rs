//! A real name server on this machine: any zone in master-file form, by UDP, TCP, TLS and HTTPS.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::proto::rr::{LowerName, Name, Record};
use hickory_resolver::proto::serialize::txt::Parser;
use hickory_server::Server;
use hickory_server::store::in_memory::InMemoryZoneHandler;
use hickory_server::zone_handler::{AxfrPolicy, Catalog, ZoneHandler, ZoneType};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::ResolvesServerCert;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio::net::{TcpListener, UdpSocket};
use tokio::runtime::Runtime;

/// How long a client may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(5);

/// It stops when it is dropped.
pub(crate) struct NameServer {
    /// UDP and TCP.
    pub(crate) plain: SocketAddr,
    pub(crate) tls: SocketAddr,
    /// At `/dns-query`.
    pub(crate) https: SocketAddr,
    _runtime: Runtime,
}

impl NameServer {
    /// Serves the records of one zone, that of the SOA record among them.
    pub(crate) fn new(zone: &str, records: Vec<Record>) -> Self {
        let runtime = Runtime::new().unwrap();
        let (plain, tls, https) = runtime.block_on(serve(Name::from_ascii(zone).unwrap(), records));
        Self { plain, tls, https, _runtime: runtime }
    }

    /// Serves everything in a master file, as if it were the whole of DNS.
    pub(crate) fn of_master_file(text: &str) -> Self {
        let soa = ". 3600 IN SOA ns.example.jp. host.example.jp. 1 3600 600 86400 60\n";
        let (_, sets) = Parser::new(format!("{soa}{text}"), None, Some(Name::root())).parse().unwrap();
        let records = sets.values().flat_map(|set| set.records_without_rrsigs().cloned().collect::<Vec<_>>());
        Self::new(".", records.collect())
    }
}

async fn serve(origin: Name, records: Vec<Record>) -> (SocketAddr, SocketAddr, SocketAddr) {
    let mut zone: InMemoryZoneHandler = InMemoryZoneHandler::empty(origin.clone(), ZoneType::Primary, AxfrPolicy::Deny);
    for record in records {
        assert!(zone.upsert_mut(record, 1));
    }
    let zone: Arc<dyn ZoneHandler> = Arc::new(zone);
    let mut catalog = Catalog::default();
    catalog.upsert(LowerName::new(&origin), vec![zone]);
    let mut server = Server::new(catalog);

    let (udp, tcp) = one_port().await;
    let plain = udp.local_addr().unwrap();
    server.register_socket(udp);
    server.register_listener(tcp, PATIENCE, 64);
    let [tls, https] =
        [TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap()];
    let addresses = (plain, tls.local_addr().unwrap(), https.local_addr().unwrap());
    server.register_tls_listener(tls, PATIENCE, certificate()).unwrap();
    server.register_https_listener(https, PATIENCE, certificate(), None, "/dns-query".to_owned()).unwrap();
    tokio::spawn(async move { server.block_until_done().await });
    addresses
}

async fn one_port() -> (UdpSocket, TcpListener) {
    loop {
        let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()).await {
            return (udp, tcp);
        }
    }
}

/// The authority that issued the server's certificate, for `SSL_CERT_FILE`.
pub(crate) fn authority() -> PathBuf {
    keys().join("ca.pem")
}

fn keys() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys/dns")
}

fn certificate() -> Arc<dyn ResolvesServerCert> {
    let chain = CertificateDer::pem_file_iter(keys().join("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(keys().join("server.key.pem")).unwrap();
    let key = aws_lc_rs::sign::any_supported_type(&key).unwrap();
    let certified = CertifiedKey::new(chain.collect::<Result<_, _>>().unwrap(), key);
    Arc::new(SingleCertAndKey::from(certified))
}
