// `npm run docs`: writes the lists of settings, routes, error codes and commands into docs/.
// `npm run docs -- pictures [NAME…]`: takes the pictures of the guides.
import { writeDocs } from './checks/docs.ts';

const [task, ...names] = process.argv.slice(2);

if (task === 'pictures') {
	const { takePictures } = await import('./pictures.ts');
	await takePictures(names);
} else {
	await writeDocs();
}
