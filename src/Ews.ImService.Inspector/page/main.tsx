import { render } from 'preact';
import './style.css';
import './ui/view.css';
import { followJournal } from './requests/journal';
import './shell/shell.css';
import { showError } from './state/messages';
import { App } from './shell/App';
import { addSearchShortcut } from './state/shortcuts';

addEventListener('unhandledrejection', (event) => showError(event.reason));
addSearchShortcut();
followJournal();
render(<App />, document.body);
