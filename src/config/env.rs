//! What the process was started with, gathered once and handed around.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The surroundings of a run. A test makes its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Env {
    /// The environment variables that are valid UTF-8.
    pub vars: BTreeMap<String, String>,
    /// The folder it runs in.
    pub cwd: PathBuf,
    /// The person's home.
    pub home: Option<PathBuf>,
    /// Where the person's `config.yaml` is.
    pub config_dir: Option<PathBuf>,
    /// Where journals are kept.
    pub state_dir: Option<PathBuf>,
    /// The name of the person's account.
    pub user: Option<String>,
}

impl Env {
    /// The surroundings of this process. `REGRADE_CONFIG_DIR` and `REGRADE_STATE_DIR` go before the
    /// folders that the system provides.
    pub fn of_process() -> Env {
        let folders = directories::ProjectDirs::from("", "", "regrade");
        let folders = folders.as_ref();
        let state = |folders: &directories::ProjectDirs| {
            folders.state_dir().unwrap_or(folders.data_local_dir()).to_owned()
        };
        Env {
            vars: std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
                .collect(),
            cwd: std::env::current_dir().unwrap_or_default(),
            home: directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned()),
            config_dir: folders.map(|folders| folders.config_dir().to_owned()),
            state_dir: folders.map(state),
            user: None,
        }
        .redirected()
    }

    /// A variable that is set to something.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.vars.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    fn redirected(mut self) -> Env {
        let folder = |name| self.var(name).map(|folder| self.cwd.join(folder));
        let (config, state) = (folder("REGRADE_CONFIG_DIR"), folder("REGRADE_STATE_DIR"));
        let user =
            ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| self.var(name)).map(str::to_owned);
        self.config_dir = config.or(self.config_dir);
        self.state_dir = state.or(self.state_dir);
        self.user = user.or(self.user);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(vars: &[(&str, &str)]) -> Env {
        let vars = vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let config_dir = Some(PathBuf::from("/home/a/.config/regrade"));
        Env { vars, cwd: PathBuf::from("/work"), config_dir, ..Env::default() }.redirected()
    }

    #[test]
    fn journals_and_settings_can_be_kept_elsewhere() {
        let env = env(&[("REGRADE_CONFIG_DIR", "/c"), ("REGRADE_STATE_DIR", "s"), ("USER", "ada")]);
        assert_eq!(env.config_dir, Some(PathBuf::from("/c")));
        assert_eq!(env.state_dir, Some(PathBuf::from("/work/s")));
        assert_eq!(env.user.as_deref(), Some("ada"));
    }

    #[test]
    fn an_empty_variable_is_as_good_as_none() {
        let env = env(&[("REGRADE_CONFIG_DIR", ""), ("NO_COLOR", ""), ("USER", ""), ("LOGNAME", "eve")]);
        assert_eq!(env.config_dir, Some(PathBuf::from("/home/a/.config/regrade")));
        assert_eq!((env.var("NO_COLOR"), env.user.as_deref()), (None, Some("eve")));
    }
}
