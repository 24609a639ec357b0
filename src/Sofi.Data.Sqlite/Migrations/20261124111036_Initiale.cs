using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sofi.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initiale : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "action_publiee",
                columns: table => new
                {
                    action_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    formation_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    version_contenu = table.Column<int>(type: "INTEGER", nullable: false),
                    formation_version = table.Column<int>(type: "INTEGER", nullable: false),
                    formation_empreinte = table.Column<string>(type: "TEXT", nullable: false),
                    revision_faits = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_action_publiee", x => x.action_numero);
                });

            migrationBuilder.CreateTable(
                name: "bloc_rncp",
                columns: table => new
                {
                    code_rncp = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    libelle = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bloc_rncp", x => new { x.code_rncp, x.code });
                });

            migrationBuilder.CreateTable(
                name: "brouillon",
                columns: table => new
                {
                    compte_id = table.Column<int>(type: "INTEGER", nullable: false),
                    adresse = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    champs = table.Column<string>(type: "TEXT", nullable: false),
                    instant = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_brouillon", x => new { x.compte_id, x.adresse });
                });

            migrationBuilder.CreateTable(
                name: "certification",
                columns: table => new
                {
                    code = table.Column<int>(type: "INTEGER", nullable: false),
                    libelle = table.Column<string>(type: "TEXT", nullable: false),
                    code_type = table.Column<int>(type: "INTEGER", nullable: false),
                    niveau_sortie = table.Column<string>(type: "TEXT", nullable: false),
                    code_rncp = table.Column<string>(type: "TEXT", nullable: true),
                    code_rs = table.Column<string>(type: "TEXT", nullable: true),
                    formacodes = table.Column<string>(type: "TEXT", nullable: false),
                    romes = table.Column<string>(type: "TEXT", nullable: false),
                    nsfs = table.Column<string>(type: "TEXT", nullable: false),
                    publiee = table.Column<bool>(type: "INTEGER", nullable: false),
                    remplacants = table.Column<string>(type: "TEXT", nullable: false),
                    recherche = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_certification", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "commune",
                columns: table => new
                {
                    code_insee = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false),
                    nom = table.Column<string>(type: "TEXT", nullable: false),
                    codes_postaux = table.Column<string>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", nullable: false),
                    region = table.Column<string>(type: "TEXT", nullable: false),
                    latitude = table.Column<double>(type: "REAL", nullable: true),
                    longitude = table.Column<double>(type: "REAL", nullable: true),
                    population = table.Column<int>(type: "INTEGER", nullable: true),
                    recherche = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_commune", x => x.code_insee);
                });

            migrationBuilder.CreateTable(
                name: "compte",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    nom = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    etablissement_courant = table.Column<int>(type: "INTEGER", nullable: true),
                    desactive_le = table.Column<DateTime>(type: "TEXT", nullable: true),
                    derniere_connexion = table.Column<DateTime>(type: "TEXT", nullable: true),
                    cle_totp = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    pas_totp = table.Column<long>(type: "INTEGER", nullable: false),
                    recherche = table.Column<string>(type: "TEXT", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    lockout_end = table.Column<DateTime>(type: "TEXT", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_compte", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "compteur",
                columns: table => new
                {
                    nom = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    valeur = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_compteur", x => x.nom);
                });

            migrationBuilder.CreateTable(
                name: "contact_publie",
                columns: table => new
                {
                    numero = table.Column<int>(type: "INTEGER", nullable: false),
                    nom = table.Column<string>(type: "TEXT", nullable: false),
                    fonction = table.Column<string>(type: "TEXT", nullable: true),
                    courriel = table.Column<string>(type: "TEXT", nullable: true),
                    telephone = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contact_publie", x => x.numero);
                });

            migrationBuilder.CreateTable(
                name: "contenu_publie",
                columns: table => new
                {
                    action_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    formation_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    formation_version = table.Column<int>(type: "INTEGER", nullable: false),
                    contenu = table.Column<string>(type: "TEXT", nullable: false),
                    soumission_id = table.Column<int>(type: "INTEGER", nullable: false),
                    publie_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    publie_par = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contenu_publie", x => new { x.action_numero, x.version });
                });

            migrationBuilder.CreateTable(
                name: "courriel",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    message_id = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    destinataire = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    nom_destinataire = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    objet = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    texte = table.Column<string>(type: "TEXT", nullable: true),
                    ecrit_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    envoye_le = table.Column<DateTime>(type: "TEXT", nullable: true),
                    prochain_essai = table.Column<DateTime>(type: "TEXT", nullable: true),
                    essais = table.Column<int>(type: "INTEGER", nullable: false),
                    derniere_erreur = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_courriel", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "demande_acces",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    raison_sociale = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    siret = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    nda = table.Column<string>(type: "TEXT", maxLength: 11, nullable: true),
                    nom = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    courriel = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    telephone = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    precisions = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    recue_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    etat = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    motif = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    traitee_le = table.Column<DateTime>(type: "TEXT", nullable: true),
                    traitee_par = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    recherche = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_demande_acces", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dispositif",
                columns: table => new
                {
                    code = table.Column<int>(type: "INTEGER", nullable: false),
                    libelle = table.Column<string>(type: "TEXT", maxLength: 150, nullable: false),
                    nature = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    actif = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dispositif", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "entree_publication",
                columns: table => new
                {
                    numero = table.Column<long>(type: "INTEGER", nullable: false),
                    action_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    nature = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    version_contenu = table.Column<int>(type: "INTEGER", nullable: false),
                    revision_faits = table.Column<int>(type: "INTEGER", nullable: false),
                    instant = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entree_publication", x => x.numero);
                });

            migrationBuilder.CreateTable(
                name: "etablissement",
                columns: table => new
                {
                    numero = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    siret = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    siren = table.Column<string>(type: "TEXT", maxLength: 9, nullable: false, computedColumnSql: "substr(siret, 1, 9)", stored: true),
                    raison_sociale = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    nom_commercial = table.Column<string>(type: "TEXT", maxLength: 255, nullable: true),
                    nda = table.Column<string>(type: "TEXT", maxLength: 11, nullable: true),
                    uai = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    qualiopi = table.Column<string>(type: "TEXT", nullable: false),
                    qualiopi_jusqu_au = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    site_web = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    courriel = table.Column<string>(type: "TEXT", nullable: true),
                    telephone = table.Column<string>(type: "TEXT", nullable: true),
                    contact_principal_numero = table.Column<int>(type: "INTEGER", nullable: true),
                    recherche = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    adresse_code_insee = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    adresse_code_postal = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    adresse_commune = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    adresse_voie = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_etablissement", x => x.numero);
                });

            migrationBuilder.CreateTable(
                name: "faits_publies",
                columns: table => new
                {
                    action_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    faits = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_faits_publies", x => new { x.action_numero, x.revision });
                });

            migrationBuilder.CreateTable(
                name: "fiche_certifinfo",
                columns: table => new
                {
                    code = table.Column<int>(type: "INTEGER", nullable: false),
                    objectif_general = table.Column<string>(type: "TEXT", nullable: true),
                    objectif = table.Column<string>(type: "TEXT", nullable: true),
                    programme = table.Column<string>(type: "TEXT", nullable: true),
                    resultats_attendus = table.Column<string>(type: "TEXT", nullable: true),
                    formacodes = table.Column<string>(type: "TEXT", nullable: false),
                    exemple = table.Column<bool>(type: "INTEGER", nullable: false),
                    modifiee_par = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    modifiee_le = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fiche_certifinfo", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "fiche_rncp",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    intitule = table.Column<string>(type: "TEXT", nullable: true),
                    niveau_sortie = table.Column<string>(type: "TEXT", nullable: false),
                    active = table.Column<bool>(type: "INTEGER", nullable: false),
                    date_echeance = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    formacodes = table.Column<string>(type: "TEXT", nullable: false),
                    nsfs = table.Column<string>(type: "TEXT", nullable: false),
                    romes = table.Column<string>(type: "TEXT", nullable: false),
                    certificateurs = table.Column<string>(type: "TEXT", nullable: true),
                    remplacants = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fiche_rncp", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "formacode",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false),
                    libelle = table.Column<string>(type: "TEXT", nullable: false),
                    liste = table.Column<string>(type: "TEXT", nullable: false),
                    code_champ = table.Column<string>(type: "TEXT", nullable: true),
                    synonymes = table.Column<string>(type: "TEXT", nullable: true),
                    recherche = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_formacode", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "guide",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    titre = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    programme = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    adresse = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_guide", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "import_programme",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    nom_fichier = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    contenu = table.Column<byte[]>(type: "BLOB", nullable: false),
                    compte_id = table.Column<int>(type: "INTEGER", nullable: true),
                    auteur = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    depose_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    etat = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    applique_par = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    applique_le = table.Column<DateTime>(type: "TEXT", nullable: true),
                    rapport = table.Column<string>(type: "TEXT", nullable: false),
                    nb_changements = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_programme", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "jeton_formulaire",
                columns: table => new
                {
                    jeton = table.Column<Guid>(type: "TEXT", nullable: false),
                    resultat = table.Column<int>(type: "INTEGER", nullable: false),
                    instant = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jeton_formulaire", x => x.jeton);
                });

            migrationBuilder.CreateTable(
                name: "jour_ferie",
                columns: table => new
                {
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    nom = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jour_ferie", x => x.date);
                });

            migrationBuilder.CreateTable(
                name: "liste_chargee",
                columns: table => new
                {
                    nom = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    empreinte = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    livree = table.Column<bool>(type: "INTEGER", nullable: false),
                    chargee_le = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_liste_chargee", x => x.nom);
                });

            migrationBuilder.CreateTable(
                name: "nomenclature",
                columns: table => new
                {
                    liste = table.Column<string>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    libelle = table.Column<string>(type: "TEXT", nullable: false),
                    parent = table.Column<string>(type: "TEXT", nullable: true),
                    recherche = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_nomenclature", x => new { x.liste, x.code });
                });

            migrationBuilder.CreateTable(
                name: "prerequis",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    libelle = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    ordre = table.Column<int>(type: "INTEGER", nullable: false),
                    actif = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_prerequis", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "processus",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    nature = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    compte_id = table.Column<int>(type: "INTEGER", nullable: true),
                    auteur = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    instant = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_processus", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reglages_programme",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    code_programme = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    applicable_le = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    attentes = table.Column<string>(type: "TEXT", nullable: false),
                    remarque = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_reglages_programme", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "service_offre",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    nom = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    telephone = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    horaires = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    courriel = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    tutoriels = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_service_offre", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "session_publiee",
                columns: table => new
                {
                    session_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    action_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    formation_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    etablissement_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    intitule = table.Column<string>(type: "TEXT", nullable: false),
                    site_dispensateur = table.Column<string>(type: "TEXT", nullable: false),
                    commune_lieu = table.Column<string>(type: "TEXT", nullable: false),
                    date_debut = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    date_fin = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    codes_dispositif = table.Column<string>(type: "TEXT", nullable: false),
                    programmes = table.Column<string>(type: "TEXT", nullable: false),
                    lots = table.Column<string>(type: "TEXT", nullable: false),
                    programme_regional = table.Column<bool>(type: "INTEGER", nullable: false),
                    apprentissage = table.Column<bool>(type: "INTEGER", nullable: false),
                    professionnalisation = table.Column<bool>(type: "INTEGER", nullable: false),
                    initiale = table.Column<bool>(type: "INTEGER", nullable: false),
                    a_distance = table.Column<bool>(type: "INTEGER", nullable: false),
                    intitule_recherche = table.Column<string>(type: "TEXT", nullable: false),
                    site_recherche = table.Column<string>(type: "TEXT", nullable: false),
                    commune_recherche = table.Column<string>(type: "TEXT", nullable: false),
                    dispositifs_recherche = table.Column<string>(type: "TEXT", nullable: false),
                    lots_recherche = table.Column<string>(type: "TEXT", nullable: false),
                    recherche = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session_publiee", x => x.session_numero);
                });

            migrationBuilder.CreateTable(
                name: "type_certification",
                columns: table => new
                {
                    code = table.Column<int>(type: "INTEGER", nullable: false),
                    libelle = table.Column<string>(type: "TEXT", nullable: false),
                    sans_certification = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_type_certification", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "verrou",
                columns: table => new
                {
                    nom = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    prises = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_verrou", x => x.nom);
                });

            migrationBuilder.CreateTable(
                name: "code_secours",
                columns: table => new
                {
                    compte_id = table.Column<int>(type: "INTEGER", nullable: false),
                    empreinte = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_code_secours", x => new { x.compte_id, x.empreinte });
                    table.ForeignKey(
                        name: "FK_code_secours_compte_compte_id",
                        column: x => x.compte_id,
                        principalTable: "compte",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "compte_claim",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    user_id = table.Column<int>(type: "INTEGER", nullable: false),
                    claim_type = table.Column<string>(type: "TEXT", nullable: true),
                    claim_value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_compte_claim", x => x.id);
                    table.ForeignKey(
                        name: "FK_compte_claim_compte_user_id",
                        column: x => x.user_id,
                        principalTable: "compte",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "compte_login",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "TEXT", nullable: false),
                    provider_key = table.Column<string>(type: "TEXT", nullable: false),
                    provider_display_name = table.Column<string>(type: "TEXT", nullable: true),
                    user_id = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_compte_login", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "FK_compte_login_compte_user_id",
                        column: x => x.user_id,
                        principalTable: "compte",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "compte_token",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "INTEGER", nullable: false),
                    login_provider = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_compte_token", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "FK_compte_token_compte_user_id",
                        column: x => x.user_id,
                        principalTable: "compte",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "lien_compte",
                columns: table => new
                {
                    empreinte = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    compte_id = table.Column<int>(type: "INTEGER", nullable: false),
                    nature = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    expire_le = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lien_compte", x => x.empreinte);
                    table.ForeignKey(
                        name: "FK_lien_compte_compte_compte_id",
                        column: x => x.compte_id,
                        principalTable: "compte",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session_compte",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    compte_id = table.Column<int>(type: "INTEGER", nullable: false),
                    ouverte_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    vue_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    navigateur = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    poste_numero = table.Column<int>(type: "INTEGER", nullable: true),
                    poste_ecriture = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session_compte", x => x.id);
                    table.ForeignKey(
                        name: "FK_session_compte_compte_compte_id",
                        column: x => x.compte_id,
                        principalTable: "compte",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "programme",
                columns: table => new
                {
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    intitule = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    annee = table.Column<int>(type: "INTEGER", nullable: false),
                    code_dispositif = table.Column<int>(type: "INTEGER", nullable: false),
                    publics = table.Column<string>(type: "TEXT", nullable: false),
                    present = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_programme", x => x.code);
                    table.ForeignKey(
                        name: "FK_programme_dispositif_code_dispositif",
                        column: x => x.code_dispositif,
                        principalTable: "dispositif",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "compte_etablissement",
                columns: table => new
                {
                    compte_id = table.Column<int>(type: "INTEGER", nullable: false),
                    etablissement_numero = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_compte_etablissement", x => new { x.compte_id, x.etablissement_numero });
                    table.ForeignKey(
                        name: "FK_compte_etablissement_compte_compte_id",
                        column: x => x.compte_id,
                        principalTable: "compte",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_compte_etablissement_etablissement_etablissement_numero",
                        column: x => x.etablissement_numero,
                        principalTable: "etablissement",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "contact",
                columns: table => new
                {
                    numero = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    etablissement_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    civilite = table.Column<string>(type: "TEXT", nullable: true),
                    nom = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    prenom = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    fonction = table.Column<string>(type: "TEXT", nullable: true),
                    courriel = table.Column<string>(type: "TEXT", nullable: true),
                    telephone = table.Column<string>(type: "TEXT", nullable: true),
                    portable = table.Column<string>(type: "TEXT", nullable: true),
                    types = table.Column<string>(type: "TEXT", nullable: false),
                    actif = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    recherche = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contact", x => x.numero);
                    table.ForeignKey(
                        name: "FK_contact_etablissement_etablissement_numero",
                        column: x => x.etablissement_numero,
                        principalTable: "etablissement",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "formation",
                columns: table => new
                {
                    numero = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    etablissement_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    code_certifinfo = table.Column<int>(type: "INTEGER", nullable: true),
                    recherche = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    fiche_blocs_choisis = table.Column<string>(type: "TEXT", nullable: false),
                    fiche_formacodes = table.Column<string>(type: "TEXT", nullable: false),
                    fiche_individualiser_blocs = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_intitule = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_niveau_sortie = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_objectif = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_objectif_general = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_programme = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_resultats_attendus = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_type_certification = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_validation_formation = table.Column<string>(type: "TEXT", nullable: true),
                    trace_cree_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    trace_cree_par = table.Column<string>(type: "TEXT", nullable: false),
                    trace_modifie_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    trace_modifie_par = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_formation", x => x.numero);
                    table.ForeignKey(
                        name: "FK_formation_etablissement_etablissement_numero",
                        column: x => x.etablissement_numero,
                        principalTable: "etablissement",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "lieu",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    etablissement_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    nom = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    latitude = table.Column<decimal>(type: "TEXT", precision: 9, scale: 6, nullable: true),
                    longitude = table.Column<decimal>(type: "TEXT", precision: 9, scale: 6, nullable: true),
                    acces_handicapes = table.Column<string>(type: "TEXT", nullable: true),
                    restauration = table.Column<string>(type: "TEXT", nullable: true),
                    hebergement = table.Column<string>(type: "TEXT", nullable: true),
                    transport = table.Column<string>(type: "TEXT", nullable: true),
                    actif = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    recherche = table.Column<string>(type: "TEXT", nullable: false),
                    adresse_code_insee = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    adresse_code_postal = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    adresse_commune = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    adresse_voie = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lieu", x => x.id);
                    table.ForeignKey(
                        name: "FK_lieu_etablissement_etablissement_numero",
                        column: x => x.etablissement_numero,
                        principalTable: "etablissement",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "porte_ouverte",
                columns: table => new
                {
                    numero = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    etablissement_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    recherche = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    fiche_a_distance = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_commentaire = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_courriel_inscription = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_date = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    fiche_heure_debut = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    fiche_heure_fin = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    fiche_lien_inscription = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_lieu_id = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_public = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_titre = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_url = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_porte_ouverte", x => x.numero);
                    table.ForeignKey(
                        name: "FK_porte_ouverte_etablissement_etablissement_numero",
                        column: x => x.etablissement_numero,
                        principalTable: "etablissement",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bloc_certifinfo",
                columns: table => new
                {
                    code_certifinfo = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    type_module = table.Column<string>(type: "TEXT", nullable: false),
                    intitule = table.Column<string>(type: "TEXT", nullable: false),
                    objectif = table.Column<string>(type: "TEXT", nullable: true),
                    programme = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bloc_certifinfo", x => new { x.code_certifinfo, x.code });
                    table.ForeignKey(
                        name: "FK_bloc_certifinfo_fiche_certifinfo_code_certifinfo",
                        column: x => x.code_certifinfo,
                        principalTable: "fiche_certifinfo",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "evenement",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    processus_id = table.Column<long>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    objet = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    cle = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    action_numero = table.Column<int>(type: "INTEGER", nullable: true),
                    detail = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evenement", x => x.id);
                    table.ForeignKey(
                        name: "FK_evenement_processus_processus_id",
                        column: x => x.processus_id,
                        principalTable: "processus",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "lot",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    numero = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    code_mandataire_cr = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    intitule = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    code_programme = table.Column<string>(type: "TEXT", nullable: false),
                    id_action_cr = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    mandataire_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    forfait_recrutement = table.Column<bool>(type: "INTEGER", nullable: false),
                    nb_places = table.Column<int>(type: "INTEGER", nullable: true),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    codes_certifinfo = table.Column<string>(type: "TEXT", nullable: false),
                    present = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lot", x => x.id);
                    table.ForeignKey(
                        name: "FK_lot_etablissement_mandataire_numero",
                        column: x => x.mandataire_numero,
                        principalTable: "etablissement",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_lot_programme_code_programme",
                        column: x => x.code_programme,
                        principalTable: "programme",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "referent",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    etablissement_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    contact_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    par_defaut = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_referent", x => x.id);
                    table.ForeignKey(
                        name: "FK_referent_contact_contact_numero",
                        column: x => x.contact_numero,
                        principalTable: "contact",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "action",
                columns: table => new
                {
                    numero = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    formation_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    etat = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    lot_id = table.Column<int>(type: "INTEGER", nullable: true),
                    lieu_id = table.Column<int>(type: "INTEGER", nullable: true),
                    certifinfo_remplace = table.Column<bool>(type: "INTEGER", nullable: false),
                    envoyee_le = table.Column<DateTime>(type: "TEXT", nullable: true),
                    en_ligne_depuis = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    fiche_commentaire_prerequis = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_complement_intitule = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_complement_programme = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_niveau_entree = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_objectifs = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_plus_formation = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_prerequis = table.Column<string>(type: "TEXT", nullable: false),
                    fiche_resultats_attendus = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_url_action = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_url_pdf = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_url_video = table.Column<string>(type: "TEXT", nullable: true),
                    trace_cree_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    trace_cree_par = table.Column<string>(type: "TEXT", nullable: false),
                    trace_modifie_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    trace_modifie_par = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_action", x => x.numero);
                    table.ForeignKey(
                        name: "FK_action_formation_formation_numero",
                        column: x => x.formation_numero,
                        principalTable: "formation",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_action_lieu_lieu_id",
                        column: x => x.lieu_id,
                        principalTable: "lieu",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "FK_action_lot_lot_id",
                        column: x => x.lot_id,
                        principalTable: "lot",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "lot_formateur",
                columns: table => new
                {
                    lot_id = table.Column<int>(type: "INTEGER", nullable: false),
                    etablissement_numero = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lot_formateur", x => new { x.lot_id, x.etablissement_numero });
                    table.ForeignKey(
                        name: "FK_lot_formateur_etablissement_etablissement_numero",
                        column: x => x.etablissement_numero,
                        principalTable: "etablissement",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_lot_formateur_lot_lot_id",
                        column: x => x.lot_id,
                        principalTable: "lot",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "programmation",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    lot_id = table.Column<int>(type: "INTEGER", nullable: false),
                    date_debut = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    date_fin = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    nb_places = table.Column<int>(type: "INTEGER", nullable: true),
                    bon_de_commande = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_programmation", x => x.id);
                    table.ForeignKey(
                        name: "FK_programmation_lot_lot_id",
                        column: x => x.lot_id,
                        principalTable: "lot",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "equipement",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    action_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    fiche_commentaire = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_cout_indicatif = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_type = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_equipement", x => x.id);
                    table.ForeignKey(
                        name: "FK_equipement_action_action_numero",
                        column: x => x.action_numero,
                        principalTable: "action",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session",
                columns: table => new
                {
                    numero = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    action_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    mise_de_cote = table.Column<bool>(type: "INTEGER", nullable: false),
                    envoyee_le = table.Column<DateTime>(type: "TEXT", nullable: true),
                    dernier_rang_information = table.Column<int>(type: "INTEGER", nullable: false),
                    dernier_rang_periode = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    fiche_commentaire_duree = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_contact_session = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_cycle_alternance = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_date_debut = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    fiche_date_fin = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    fiche_duree_centre = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_duree_entreprise = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_duree_hebdo = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_esp = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_etat_recrutement = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_lieu_id = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_mail_liaison = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_modalites_enseignement = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_modalites_pedagogiques = table.Column<string>(type: "TEXT", nullable: false),
                    fiche_modalites_recrutement = table.Column<string>(type: "TEXT", nullable: false),
                    fiche_periodes_formation = table.Column<string>(type: "TEXT", nullable: false),
                    fiche_referent_mobilite = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_referent_pmr = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_referent_prf = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_rythmes = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_type_parcours = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_unite_centre = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_unite_entreprise = table.Column<int>(type: "INTEGER", nullable: true),
                    trace_cree_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    trace_cree_par = table.Column<string>(type: "TEXT", nullable: false),
                    trace_modifie_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    trace_modifie_par = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_session", x => x.numero);
                    table.ForeignKey(
                        name: "FK_session_action_action_numero",
                        column: x => x.action_numero,
                        principalTable: "action",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "soumission",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    action_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    contenu = table.Column<string>(type: "TEXT", nullable: false),
                    etablissement_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    intitule = table.Column<string>(type: "TEXT", nullable: false),
                    organisme = table.Column<string>(type: "TEXT", nullable: false),
                    programme = table.Column<string>(type: "TEXT", nullable: true),
                    lot = table.Column<string>(type: "TEXT", nullable: true),
                    recherche = table.Column<string>(type: "TEXT", nullable: false),
                    nb_sessions = table.Column<int>(type: "INTEGER", nullable: false),
                    envoyee_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    envoyee_par = table.Column<string>(type: "TEXT", nullable: false),
                    etat = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    motif = table.Column<string>(type: "TEXT", nullable: true),
                    decidee_le = table.Column<DateTime>(type: "TEXT", nullable: true),
                    decidee_par = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_soumission", x => x.id);
                    table.ForeignKey(
                        name: "FK_soumission_action_action_numero",
                        column: x => x.action_numero,
                        principalTable: "action",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "dispositif_session",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    session_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    code_dispositif = table.Column<int>(type: "INTEGER", nullable: false),
                    lot_id = table.Column<int>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    fiche_capacite_simultanee = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_detail_frais_additionnels = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_effectif_minimal = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_frais_additionnels = table.Column<decimal>(type: "TEXT", precision: 12, scale: 2, nullable: true),
                    fiche_frais_certification = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_frais_ht = table.Column<decimal>(type: "TEXT", precision: 12, scale: 2, nullable: true),
                    fiche_nb_places = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_nb_places_restantes = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_prise_en_charge = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_publics = table.Column<string>(type: "TEXT", nullable: false),
                    fiche_taux_tva = table.Column<decimal>(type: "TEXT", precision: 12, scale: 2, nullable: true),
                    trace_cree_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    trace_cree_par = table.Column<string>(type: "TEXT", nullable: false),
                    trace_modifie_le = table.Column<DateTime>(type: "TEXT", nullable: false),
                    trace_modifie_par = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dispositif_session", x => x.id);
                    table.ForeignKey(
                        name: "FK_dispositif_session_dispositif_code_dispositif",
                        column: x => x.code_dispositif,
                        principalTable: "dispositif",
                        principalColumn: "code",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_dispositif_session_lot_lot_id",
                        column: x => x.lot_id,
                        principalTable: "lot",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "FK_dispositif_session_session_session_numero",
                        column: x => x.session_numero,
                        principalTable: "session",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "information_collective",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    session_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    rang = table.Column<int>(type: "INTEGER", nullable: false),
                    fiche_a_distance = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_commentaire = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_date = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    fiche_heure_debut = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    fiche_heure_fin = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    fiche_lieu = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_nb_places = table.Column<int>(type: "INTEGER", nullable: true),
                    fiche_perimetre = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_perimetre_detail = table.Column<string>(type: "TEXT", nullable: true),
                    fiche_url = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_information_collective", x => x.id);
                    table.ForeignKey(
                        name: "FK_information_collective_session_session_numero",
                        column: x => x.session_numero,
                        principalTable: "session",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "periode_inscription",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    session_numero = table.Column<int>(type: "INTEGER", nullable: false),
                    rang = table.Column<int>(type: "INTEGER", nullable: false),
                    fiche_debut = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    fiche_fin = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    fiche_type = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_periode_inscription", x => x.id);
                    table.ForeignKey(
                        name: "FK_periode_inscription_session_session_numero",
                        column: x => x.session_numero,
                        principalTable: "session",
                        principalColumn: "numero",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "compteur",
                columns: new[] { "nom", "valeur" },
                values: new object[] { "publication", 0L });

            migrationBuilder.CreateIndex(
                name: "IX_action_etat",
                table: "action",
                column: "etat");

            migrationBuilder.CreateIndex(
                name: "IX_action_formation_numero",
                table: "action",
                column: "formation_numero");

            migrationBuilder.CreateIndex(
                name: "IX_action_lieu_id",
                table: "action",
                column: "lieu_id");

            migrationBuilder.CreateIndex(
                name: "IX_action_lot_id",
                table: "action",
                column: "lot_id");

            migrationBuilder.CreateIndex(
                name: "IX_action_publiee_formation_numero",
                table: "action_publiee",
                column: "formation_numero");

            migrationBuilder.CreateIndex(
                name: "IX_certification_code_rncp",
                table: "certification",
                column: "code_rncp");

            migrationBuilder.CreateIndex(
                name: "IX_commune_recherche",
                table: "commune",
                column: "recherche");

            migrationBuilder.CreateIndex(
                name: "IX_compte_normalized_email",
                table: "compte",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_compte_normalized_user_name",
                table: "compte",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_compte_claim_user_id",
                table: "compte_claim",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_compte_etablissement_etablissement_numero",
                table: "compte_etablissement",
                column: "etablissement_numero");

            migrationBuilder.CreateIndex(
                name: "IX_compte_login_user_id",
                table: "compte_login",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_contact_etablissement_numero",
                table: "contact",
                column: "etablissement_numero");

            migrationBuilder.CreateIndex(
                name: "IX_courriel_prochain_essai",
                table: "courriel",
                column: "prochain_essai");

            migrationBuilder.CreateIndex(
                name: "IX_demande_acces_etat_recue_le",
                table: "demande_acces",
                columns: new[] { "etat", "recue_le" });

            migrationBuilder.CreateIndex(
                name: "IX_dispositif_session_code_dispositif",
                table: "dispositif_session",
                column: "code_dispositif");

            migrationBuilder.CreateIndex(
                name: "IX_dispositif_session_lot_id",
                table: "dispositif_session",
                column: "lot_id");

            migrationBuilder.CreateIndex(
                name: "IX_dispositif_session_session_numero",
                table: "dispositif_session",
                column: "session_numero");

            migrationBuilder.CreateIndex(
                name: "IX_entree_publication_action_numero",
                table: "entree_publication",
                column: "action_numero");

            migrationBuilder.CreateIndex(
                name: "IX_equipement_action_numero",
                table: "equipement",
                column: "action_numero");

            migrationBuilder.CreateIndex(
                name: "IX_etablissement_siren",
                table: "etablissement",
                column: "siren");

            migrationBuilder.CreateIndex(
                name: "IX_etablissement_siret",
                table: "etablissement",
                column: "siret",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_evenement_action_numero",
                table: "evenement",
                column: "action_numero");

            migrationBuilder.CreateIndex(
                name: "IX_evenement_objet_cle",
                table: "evenement",
                columns: new[] { "objet", "cle" });

            migrationBuilder.CreateIndex(
                name: "IX_evenement_processus_id",
                table: "evenement",
                column: "processus_id");

            migrationBuilder.CreateIndex(
                name: "IX_formacode_liste",
                table: "formacode",
                column: "liste");

            migrationBuilder.CreateIndex(
                name: "IX_formation_etablissement_numero_code_certifinfo",
                table: "formation",
                columns: new[] { "etablissement_numero", "code_certifinfo" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_import_programme_depose_le",
                table: "import_programme",
                column: "depose_le");

            migrationBuilder.CreateIndex(
                name: "IX_information_collective_session_numero_rang",
                table: "information_collective",
                columns: new[] { "session_numero", "rang" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_lien_compte_compte_id",
                table: "lien_compte",
                column: "compte_id");

            migrationBuilder.CreateIndex(
                name: "IX_lieu_etablissement_numero",
                table: "lieu",
                column: "etablissement_numero");

            migrationBuilder.CreateIndex(
                name: "IX_lot_code_programme",
                table: "lot",
                column: "code_programme");

            migrationBuilder.CreateIndex(
                name: "IX_lot_mandataire_numero",
                table: "lot",
                column: "mandataire_numero");

            migrationBuilder.CreateIndex(
                name: "IX_lot_numero_code_mandataire_cr",
                table: "lot",
                columns: new[] { "numero", "code_mandataire_cr" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_lot_formateur_etablissement_numero",
                table: "lot_formateur",
                column: "etablissement_numero");

            migrationBuilder.CreateIndex(
                name: "IX_periode_inscription_session_numero_rang",
                table: "periode_inscription",
                columns: new[] { "session_numero", "rang" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_porte_ouverte_etablissement_numero",
                table: "porte_ouverte",
                column: "etablissement_numero");

            migrationBuilder.CreateIndex(
                name: "IX_processus_instant",
                table: "processus",
                column: "instant");

            migrationBuilder.CreateIndex(
                name: "IX_programmation_lot_id_date_debut_commune",
                table: "programmation",
                columns: new[] { "lot_id", "date_debut", "commune" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_programme_code_dispositif",
                table: "programme",
                column: "code_dispositif");

            migrationBuilder.CreateIndex(
                name: "IX_referent_contact_numero",
                table: "referent",
                column: "contact_numero");

            migrationBuilder.CreateIndex(
                name: "IX_referent_etablissement_numero_role_contact_numero",
                table: "referent",
                columns: new[] { "etablissement_numero", "role", "contact_numero" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_reglages_programme_code_programme_applicable_le",
                table: "reglages_programme",
                columns: new[] { "code_programme", "applicable_le" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_session_action_numero",
                table: "session",
                column: "action_numero");

            migrationBuilder.CreateIndex(
                name: "IX_session_compte_compte_id",
                table: "session_compte",
                column: "compte_id");

            migrationBuilder.CreateIndex(
                name: "IX_session_compte_vue_le",
                table: "session_compte",
                column: "vue_le");

            migrationBuilder.CreateIndex(
                name: "IX_session_publiee_action_numero",
                table: "session_publiee",
                column: "action_numero");

            migrationBuilder.CreateIndex(
                name: "IX_session_publiee_etablissement_numero_date_fin",
                table: "session_publiee",
                columns: new[] { "etablissement_numero", "date_fin" });

            migrationBuilder.CreateIndex(
                name: "IX_soumission_action_numero",
                table: "soumission",
                column: "action_numero");

            migrationBuilder.CreateIndex(
                name: "IX_soumission_etat_envoyee_le",
                table: "soumission",
                columns: new[] { "etat", "envoyee_le" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "action_publiee");

            migrationBuilder.DropTable(
                name: "bloc_certifinfo");

            migrationBuilder.DropTable(
                name: "bloc_rncp");

            migrationBuilder.DropTable(
                name: "brouillon");

            migrationBuilder.DropTable(
                name: "certification");

            migrationBuilder.DropTable(
                name: "code_secours");

            migrationBuilder.DropTable(
                name: "commune");

            migrationBuilder.DropTable(
                name: "compte_claim");

            migrationBuilder.DropTable(
                name: "compte_etablissement");

            migrationBuilder.DropTable(
                name: "compte_login");

            migrationBuilder.DropTable(
                name: "compte_token");

            migrationBuilder.DropTable(
                name: "compteur");

            migrationBuilder.DropTable(
                name: "contact_publie");

            migrationBuilder.DropTable(
                name: "contenu_publie");

            migrationBuilder.DropTable(
                name: "courriel");

            migrationBuilder.DropTable(
                name: "demande_acces");

            migrationBuilder.DropTable(
                name: "dispositif_session");

            migrationBuilder.DropTable(
                name: "entree_publication");

            migrationBuilder.DropTable(
                name: "equipement");

            migrationBuilder.DropTable(
                name: "evenement");

            migrationBuilder.DropTable(
                name: "faits_publies");

            migrationBuilder.DropTable(
                name: "fiche_rncp");

            migrationBuilder.DropTable(
                name: "formacode");

            migrationBuilder.DropTable(
                name: "guide");

            migrationBuilder.DropTable(
                name: "import_programme");

            migrationBuilder.DropTable(
                name: "information_collective");

            migrationBuilder.DropTable(
                name: "jeton_formulaire");

            migrationBuilder.DropTable(
                name: "jour_ferie");

            migrationBuilder.DropTable(
                name: "lien_compte");

            migrationBuilder.DropTable(
                name: "liste_chargee");

            migrationBuilder.DropTable(
                name: "lot_formateur");

            migrationBuilder.DropTable(
                name: "nomenclature");

            migrationBuilder.DropTable(
                name: "periode_inscription");

            migrationBuilder.DropTable(
                name: "porte_ouverte");

            migrationBuilder.DropTable(
                name: "prerequis");

            migrationBuilder.DropTable(
                name: "programmation");

            migrationBuilder.DropTable(
                name: "referent");

            migrationBuilder.DropTable(
                name: "reglages_programme");

            migrationBuilder.DropTable(
                name: "service_offre");

            migrationBuilder.DropTable(
                name: "session_compte");

            migrationBuilder.DropTable(
                name: "session_publiee");

            migrationBuilder.DropTable(
                name: "soumission");

            migrationBuilder.DropTable(
                name: "type_certification");

            migrationBuilder.DropTable(
                name: "verrou");

            migrationBuilder.DropTable(
                name: "fiche_certifinfo");

            migrationBuilder.DropTable(
                name: "processus");

            migrationBuilder.DropTable(
                name: "session");

            migrationBuilder.DropTable(
                name: "contact");

            migrationBuilder.DropTable(
                name: "compte");

            migrationBuilder.DropTable(
                name: "action");

            migrationBuilder.DropTable(
                name: "formation");

            migrationBuilder.DropTable(
                name: "lieu");

            migrationBuilder.DropTable(
                name: "lot");

            migrationBuilder.DropTable(
                name: "etablissement");

            migrationBuilder.DropTable(
                name: "programme");

            migrationBuilder.DropTable(
                name: "dispositif");
        }
    }
}
